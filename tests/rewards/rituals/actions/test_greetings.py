"""Each day is kept once, where the member lives, however often or late the clock rings. The clock is moved and the real task runs."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from community.activity.models import Activity, Delivery
from community.members.models import Member
from community.notifications.models import Notice
from rewards.rituals.actions import greet_everybody, save_birthday, save_ritual_rules, save_season
from rewards.rituals.models import Greeting, RitualChoices, Season
from rewards.rituals.tasks import greet_on_their_day
from tests.racing import all_at_once

NOW = dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)
AUTUMN = {
    "key": "autumn-repairs",
    "name": "Autumn repairs",
    "words": "Mend it before the snow.",
    "starts_on": dt.date(2026, 10, 1),
    "ends_on": dt.date(2026, 10, 31),
}


def rings(year: int, month: int, day: int, hour: int = 12) -> int:
    with time_machine.travel(dt.datetime(year, month, day, hour, 30, tzinfo=dt.UTC), tick=False):
        return int(greet_on_their_day())


def told(member: Any) -> list[str]:
    return sorted(Notice.objects.filter(member=member).values_list("kind", flat=True))


@pytest.mark.django_db
def test_a_birthday_is_kept_once_a_year(bob: Any, deliver_all: Any) -> None:
    save_birthday(actor=bob, day=20, month=10)

    assert [rings(2026, 10, 19), rings(2026, 10, 20, 0), rings(2026, 10, 20, 23), rings(2026, 10, 21)] == [
        0,
        1,
        0,
        0,
    ]
    deliver_all()
    Delivery.objects.update(done_at=None)
    deliver_all()

    assert told(bob) == ["ritual.birthday"]
    assert rings(2027, 10, 20) == 1


@pytest.mark.django_db
def test_it_is_their_day_where_they_live(bob: Any, alice: Any) -> None:
    Member.objects.filter(pk=bob.pk).update(time_zone="Pacific/Auckland")
    Member.objects.filter(pk=alice.pk).update(time_zone="Pacific/Honolulu")
    for member in (bob, alice):
        save_birthday(actor=member, day=1, month=1)

    assert rings(2026, 12, 31, hour=10) == 0
    assert rings(2026, 12, 31, hour=12) == 1  # 01:30 on the first of January in Auckland
    assert rings(2027, 1, 1, hour=9) == 0
    assert rings(2027, 1, 1, hour=10) == 1  # 00:30 in Honolulu
    assert set(Greeting.objects.values_list("period", "day")) == {("2027", dt.date(2027, 1, 1))}


@pytest.mark.django_db
def test_leap_days_are_kept_every_year_and_clocks_that_change_lose_none(bob: Any) -> None:
    save_birthday(actor=bob, day=29, month=2)
    assert [rings(2026, 2, 27), rings(2026, 2, 28), rings(2026, 3, 1)] == [0, 1, 0]
    assert [rings(2028, 2, 28), rings(2028, 2, 29)] == [0, 1]

    Member.objects.filter(pk=bob.pk).update(time_zone="America/New_York")
    save_birthday(actor=bob, day=7, month=11)
    assert [rings(2027, 11, 7, hour) for hour in (3, 4, 5, 6, 7)] == [0, 1, 0, 0, 0]


@pytest.mark.django_db
def test_after_days_without_a_clock_three_are_made_up_for(bob: Any, carol: Any) -> None:
    save_birthday(actor=bob, day=17, month=10)
    save_birthday(actor=carol, day=16, month=10)

    assert rings(2026, 10, 20) == 1
    assert Greeting.objects.get().member == bob


@pytest.mark.django_db
def test_who_is_paused_or_gone_and_what_is_switched_off_is_passed_over(
    manager: Any, bob: Any, carol: Any, alice: Any
) -> None:
    for member in (bob, carol, alice):
        save_birthday(actor=member, day=20, month=10)
    Member.objects.filter(pk=bob.pk).update(suspended_until=NOW + dt.timedelta(days=30))
    Member.objects.filter(pk=carol.pk).update(is_active=False)
    save_ritual_rules(actor=manager, changes={"birthdays_on": False})
    assert rings(2026, 10, 20) == 0

    save_ritual_rules(actor=manager, changes={"birthdays_on": True})
    assert rings(2026, 10, 20) == 1
    assert Greeting.objects.get().member == alice


@pytest.mark.django_db
def test_a_season_greets_who_takes_part_and_says_in_the_end_what_they_gave(
    manager: Any, mod: Any, bob: Any, carol: Any, make_member: Any, wrote: Any, deliver_all: Any, sign_in: Any
) -> None:
    save_season(actor=manager, season=Season(), changes=AUTUMN)
    away, quiet = make_member("away"), make_member("quiet", quiet_mode=True)
    wrote(bob, NOW - dt.timedelta(days=40))
    wrote(away, NOW - dt.timedelta(days=200))
    for member in (quiet, mod):
        wrote(member, NOW - dt.timedelta(days=30))

    assert [rings(2026, 9, 30), rings(2026, 10, 1), rings(2026, 10, 1, 13)] == [0, 1, 0]
    for member in (bob, bob, carol):
        wrote(member, NOW)
    assert [rings(2026, 10, 31), rings(2026, 11, 1), rings(2026, 11, 2)] == [0, 2, 0]
    deliver_all()

    assert [kind for kind in told(bob) if kind.startswith("ritual.")] == ["ritual.recap", "ritual.season"]
    assert [kind for kind in told(carol) if kind.startswith("ritual.")] == ["ritual.recap"]
    recap = Notice.objects.get(member=bob, kind="ritual.recap")
    assert recap.payload == {"numbers": {"posts": 2, "accepted": 0, "marks": 0}}
    inbox = sign_in(bob).get("/notifications/").content.decode()
    assert "Autumn repairs is over" in inbox and "From you: 2 posts" in inbox


@pytest.mark.django_db
def test_many_are_greeted_in_small_batches(
    make_member: Any, monkeypatch: Any, django_assert_max_num_queries: Any
) -> None:
    from rewards.rituals.actions import greetings

    monkeypatch.setattr(greetings, "BATCH", 10)
    members = [make_member(f"m{n}") for n in range(25)]
    RitualChoices.objects.bulk_create(
        RitualChoices(member=it, birth_day=20, birth_month=10) for it in members
    )

    with django_assert_max_num_queries(45):
        assert greet_everybody(actor=None, now=NOW) == 25


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_greet_once(bob: Any, carol: Any) -> None:
    for member in (bob, carol):
        save_birthday(actor=member, day=20, month=10)

    answers = all_at_once([lambda: greet_everybody(actor=None, now=NOW)] * 8)

    assert sum(answers) == 2
    assert Greeting.objects.count() == 2
    assert Activity.objects.filter(verb="ritual.greeted").count() == 2


@pytest.mark.django_db
def test_what_broke_half_way_is_done_by_the_next_ring(bob: Any, monkeypatch: Any) -> None:
    from rewards.rituals.actions import greetings

    save_birthday(actor=bob, day=20, month=10)

    def killed(*_args: Any, **_more: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(greetings, "record_many", killed)
        with pytest.raises(SystemExit):
            greet_everybody(actor=None, now=NOW)
    assert not Greeting.objects.exists()

    assert greet_everybody(actor=None, now=NOW) == 1
