"""Lengths are told once, when they are news, to who wants to hear of them."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from community.activity.models import Activity, Delivery
from community.members.models import Member
from community.notifications.models import Notice
from community.threads.actions import delete_post, restore_post
from rewards.rituals.actions import recount_by_new_rules, recount_rhythms, save_ritual_rules
from rewards.rituals.models import Greeting, RitualRules
from tests.racing import all_at_once
from tests.rewards.conftest import ship_everything

NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


def told(member: Any) -> list[dict[str, Any]]:
    return list(Notice.objects.filter(member=member, kind="streak.reached").values_list("payload", flat=True))


@pytest.mark.django_db
@pytest.mark.usefixtures("counted")
def test_four_weeks_are_told_once_however_often_they_are_reached(
    bob: Any, wrote: Any, deliver_all: Any
) -> None:
    with time_machine.travel(NOW, tick=False):
        for n in range(3):
            wrote(bob, NOW - (n + 1) * WEEK)
        deliver_all()
        assert told(bob) == []

        last = wrote(bob, NOW)
        deliver_all()
        assert told(bob) == [{"number": 4, "unit": "week"}]

        delete_post(actor=bob, post=last)
        deliver_all()
        last.refresh_from_db()
        restore_post(actor=bob, post=last)
        Delivery.objects.filter(consumer__startswith="rituals.").update(done_at=None)
        deliver_all()
        recount_rhythms()
        deliver_all()

    assert told(bob) == [{"number": 4, "unit": "week"}]
    assert Greeting.objects.get(ritual="streak").period == "week-4"


@pytest.mark.django_db
def test_what_was_reached_before_anybody_counted_is_not_told(bob: Any, wrote: Any, deliver_all: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        for n in range(12):
            wrote(bob, NOW - n * WEEK)
        assert recount_by_new_rules()
        assert not recount_by_new_rules()
        deliver_all()

        assert sorted(Greeting.objects.values_list("period", flat=True)) == ["week-12", "week-4"]
        assert told(bob) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("counted")
def test_what_was_reached_long_ago_is_noted_and_not_told(bob: Any, wrote: Any, deliver_all: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        for n in range(4):
            wrote(bob, NOW - (n + 10) * WEEK)
        deliver_all()

    assert (told(bob), Greeting.objects.count()) == ([], 1)


@pytest.mark.django_db
@pytest.mark.usefixtures("counted")
def test_in_quiet_mode_nobody_is_told(bob: Any, wrote: Any, deliver_all: Any) -> None:
    Member.objects.filter(pk=bob.pk).update(quiet_mode=True)
    with time_machine.travel(NOW, tick=False):
        for n in range(4):
            wrote(bob, NOW - n * WEEK)
        deliver_all()

    assert Activity.objects.filter(verb="streak.reached").count() == 1
    assert told(bob) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("counted")
def test_by_changed_rules_everybody_is_counted_in_the_background(
    manager: Any, bob: Any, wrote: Any, deliver_all: Any
) -> None:
    with time_machine.travel(NOW, tick=False):
        for n in range(8):
            wrote(bob, NOW - dt.timedelta(days=n))
        deliver_all()
        save_ritual_rules(actor=manager, changes={"unit": "day"})
        assert RitualRules.objects.get().counted_at is None

        assert recount_by_new_rules()
        deliver_all()

    assert RitualRules.objects.get().counted_at is not None
    assert list(Greeting.objects.values_list("period", flat=True)) == ["day-7"]
    assert told(bob) == []


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_note_a_length_once(bob: Any, wrote: Any) -> None:
    ship_everything()
    recount_by_new_rules()
    with time_machine.travel(NOW, tick=False):
        for n in range(4):
            wrote(bob, NOW - n * WEEK)
        answers = all_at_once([recount_rhythms] * 6)

    assert sorted(map(str, answers)) == ["0"] * 5 + ["1"]
    assert Greeting.objects.count() == 1
    assert Activity.objects.filter(verb="streak.reached").count() == 1
