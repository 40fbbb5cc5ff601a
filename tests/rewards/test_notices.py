"""Who is told of badges, tiers and corrections."""

from typing import Any

import pytest

from community.members.models import Member
from community.notifications.models import Notice
from rewards.badges.actions import give_badge, recompute_all
from rewards.badges.models import Badge
from rewards.points.actions import adjust, award, reverse
from rewards.points.models import Transfer

REASON = "For carrying the tables at the fair"


def told(member: Any) -> list[str]:
    return sorted(Notice.objects.filter(member=member).values_list("kind", flat=True))


def inbox(client: Any) -> str:
    return str(client.get("/notifications/").content.decode())


def test_a_badge_is_told_once_in_words(
    alice: Any, space: Any, make_thread: Any, deliver_all: Any, sign_in: Any
) -> None:
    make_thread(alice, space)
    deliver_all()

    assert told(alice) == ["badge.earned"]
    assert "You have a new badge: First question" in inbox(sign_in(alice))


def test_a_badge_given_by_hand_says_why(manager: Any, bob: Any, deliver_all: Any, sign_in: Any) -> None:
    give_badge(actor=manager, badge=Badge.objects.get(key="warm-welcome"), member=bob, reason=REASON)
    deliver_all()

    assert REASON in inbox(sign_in(bob))


def test_a_tier_is_told_with_what_it_opens(admin: Any, bob: Any, deliver_all: Any, sign_in: Any) -> None:
    adjust(actor=admin, member=bob, earned=1300, spendable=0, reason=REASON)
    deliver_all()

    assert told(bob) == ["points.corrected", "tier.reached"]
    text = inbox(sign_in(bob))
    assert "You are now Guide" in text
    assert "The team gave you 1,300 points" in text
    assert REASON in text


def test_taking_back_by_hand_is_told_with_its_reason(
    admin: Any, bob: Any, deliver_all: Any, sign_in: Any
) -> None:
    award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=1)
    reverse(actor=admin, transfer=Transfer.objects.get(), reason="It was somebody else’s idea")
    deliver_all()

    assert "points.corrected" in told(bob)
    assert "The team took 100 points back" in inbox(sign_in(bob))


@pytest.mark.parametrize("points", [1300])
def test_quiet_members_are_told_of_corrections_only(
    admin: Any, bob: Any, deliver_all: Any, points: int
) -> None:
    Member.objects.filter(pk=bob.pk).update(quiet_mode=True)
    adjust(actor=admin, member=bob, earned=points, spendable=0, reason=REASON)
    give_badge(actor=admin, badge=Badge.objects.get(key="warm-welcome"), member=bob, reason=REASON)
    deliver_all()

    assert told(bob) == ["points.corrected"]


def test_counting_what_was_deserved_long_ago_tells_nobody(
    alice: Any, space: Any, make_thread: Any, deliver_all: Any
) -> None:
    make_thread(alice, space)
    recompute_all(quiet=True)
    deliver_all()

    assert told(alice) == []
