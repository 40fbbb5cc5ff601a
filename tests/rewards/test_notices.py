"""Who is told of badges, tiers and corrections."""

from typing import Any

import pytest

from community.members.models import Member
from community.moderation.models import AuditEntry
from community.notifications.models import Notice
from rewards.badges.actions import give_badge, recompute_all, revoke_award, save_badge
from rewards.badges.models import Award, Badge
from rewards.points.actions import adjust, award, change_rule, reverse
from rewards.points.models import EarningRule, Transfer
from rewards.tiers.actions import change_tier
from rewards.tiers.models import Tier

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

    page = inbox(sign_in(alice))
    assert page.count("You have a new badge: First question") == 1
    earned = Award.objects.filter(member=alice, revoked_at=None).count()
    assert told(alice) == ["badge.earned"] * earned


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


def test_what_the_team_does_to_recognition_is_written_into_the_audit_log(
    admin: Any, bob: Any, deliver_all: Any
) -> None:
    given = adjust(actor=admin, member=bob, earned=10, spendable=10, reason=REASON)
    reverse(actor=admin, transfer=given, reason="It was somebody else’s idea")
    badge = Badge.objects.get(key="warm-welcome")
    revoke_award(
        actor=admin, award=give_badge(actor=admin, badge=badge, member=bob, reason=REASON), reason=REASON
    )
    save_badge(actor=admin, badge=badge, changes={"position": 7})
    change_rule(actor=admin, rule=EarningRule.objects.get(key="good_deed"), changes={"points": 90})
    change_tier(actor=admin, tier=Tier.objects.get(key="guide"), changes={"threshold": 1300})
    award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=1)
    deliver_all()

    entries = AuditEntry.objects.filter(actor=admin).order_by("activity_id").values_list("act", flat=True)
    assert list(entries) == [
        "points.changed",
        "points.changed",
        "badge.awarded",
        "badge.revoked",
        "badge.changed",
        "points.rule_changed",
        "tier.changed",
    ]
    assert AuditEntry.objects.count() == 7
    assert AuditEntry.objects.get(target_pk=given.pk, act="points.changed").reason == REASON
