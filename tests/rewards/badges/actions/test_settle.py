"""Badges that come by themselves: each period for itself, new ones for everybody and quietly, nothing twice."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.members.models import Member
from community.threads.models import Post
from rewards.badges.actions import differing_members, recompute_all, recompute_waiting, save_badge
from rewards.badges.audit import audit_badges
from rewards.badges.models import Award, Badge
from rewards.badges.queries import list_badges

RULE = {"of": "posts", "number": 1}


def soon() -> dt.datetime:
    return timezone.now() + dt.timedelta(minutes=1)


@pytest.fixture
def written(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> Any:
    thread = make_thread(alice, space)
    return [make_reply(bob, thread, body=f"A whole sentence, number {n}.") for n in range(3)]


@pytest.fixture
def monthly(db: None) -> Badge:
    return Badge.objects.create(
        key="monthly", name="Monthly", description="d", every="month", counted_at=timezone.now(),
        rule={"of": "replies", "number": 2},
    )  # fmt: skip


def test_a_badge_for_each_month_is_held_once_in_each(bob: Any, written: Any, monthly: Badge) -> None:
    last = timezone.now().replace(day=1) - dt.timedelta(days=3)
    recompute_all(keys=["monthly"])
    assert Award.objects.filter(badge=monthly).count() == 1

    Post.objects.filter(pk=written[0].pk).update(created_at=last)
    Post.objects.create(thread=written[0].thread, author=bob, position=50, created_at=last)
    recompute_all(keys=["monthly"])

    held = Award.objects.filter(badge=monthly, revoked_at=None).values_list("period", flat=True)
    assert sorted(held) == sorted({f"{last:%Y-%m}", f"{timezone.now():%Y-%m}"})
    assert Badge.objects.get(key="monthly").holder_count == 1
    assert Member.objects.get(pk=bob.pk).badge_count >= 2
    assert recompute_all() == 0 or differing_members(keys=["monthly"]) == {"monthly": set()}


def test_a_month_that_is_no_longer_full_is_taken_back(bob: Any, written: Any, monthly: Badge) -> None:
    recompute_all(keys=["monthly"])
    Post.objects.filter(pk__in=[post.pk for post in written[:2]]).update(state="removed")

    assert recompute_all(keys=["monthly"]) == 1
    assert not Award.objects.filter(badge=monthly, revoked_at=None).exists()


def test_a_new_badge_waits_for_everybody_and_nobody_is_told(
    alice: Any, bob: Any, written: Any, deliver_all: Any
) -> None:
    badge = Badge.objects.create(key="new", name="New", description="d", rule=RULE)
    deliver_all()
    assert not Award.objects.filter(badge=badge).exists()

    assert recompute_waiting(until=soon()) == 1
    assert {award.member for award in Award.objects.filter(badge=badge)} == {alice, bob}
    told = Activity.objects.filter(verb="badge.awarded", payload__badge="new")
    assert [activity.quiet for activity in told] == [True, True]
    badge.refresh_from_db()
    assert badge.counted_at is not None
    assert recompute_waiting(until=soon()) == 0


def test_the_night_too_is_quiet_about_what_nobody_was_counted_for(alice: Any, written: Any) -> None:
    Badge.objects.create(key="new", name="New", description="d", rule=RULE)

    recompute_all()
    assert set(
        Activity.objects.filter(verb="badge.awarded", payload__badge="new").values_list("quiet", flat=True)
    ) == {True}


def test_without_time_nothing_is_caught_up(alice: Any, written: Any) -> None:
    Badge.objects.create(key="new", name="New", description="d", rule=RULE)

    assert recompute_waiting(until=timezone.now()) == 0
    assert not Award.objects.filter(badge__key="new").exists()


def test_a_changed_rule_is_counted_again_before_anyone_is_told(
    manager: Any, alice: Any, bob: Any, written: Any, deliver_all: Any
) -> None:
    deliver_all()
    badge = Badge.objects.get(key="hello")
    save_badge(actor=manager, badge=badge, changes={"rule": {"of": "replies", "number": 3}})
    badge.refresh_from_db()
    assert (badge.counted_at, badge.criteria) == (None, "")

    deliver_all()
    standing = Award.objects.filter(badge=badge, revoked_at=None)
    assert [award.member for award in standing] == [bob]
    assert audit_badges() == []


def test_of_two_conditions_both_are_needed_and_the_later_one_says_since_when(
    alice: Any, bob: Any, written: Any
) -> None:
    rule = {"all": [{"of": "replies", "number": 2}, {"of": "joined", "number": 30}]}
    badge = Badge.objects.create(key="both", name="Both", description="d", rule=rule)
    recompute_all(keys=["both"])
    assert not Award.objects.filter(badge=badge).exists()

    Member.objects.filter(pk=bob.pk).update(joined_at=timezone.now() - dt.timedelta(days=50))
    recompute_all(keys=["both"])
    award = Award.objects.get(badge=badge)
    assert award.member == bob
    assert award.awarded_at.date() == timezone.now().date()

    card = next(card for card in list_badges(alice) if card.key == "both")
    assert [part.have for part in card.line.parts] == [0, 0]
    assert (card.have, card.number) == (0, 2)


def test_rarity_is_said_once_there_are_enough_members(alice: Any, written: Any, make_member: Any) -> None:
    recompute_all()
    assert {card.rarity for card in list_badges(None)} == {""}

    for n in range(30):
        make_member(f"m{n}")
    recompute_all()
    rarity = {card.key: card.rarity for card in list_badges(None)}
    assert rarity["hello"] == "6 % of members"
    assert rarity["one-year"] == ""
