"""The audit of badges: what is stored is what would be counted now."""

from community.activity.history import waiting
from rewards.badges.actions import differing_members
from rewards.badges.models import Badge
from rewards.badges.rules.judging import sources_of
from rewards.badges.rules.sources import SOURCES
from rewards.points.audit import EXAMPLES, Breach

PROMISE = "L12"


def audit_badges() -> list[Breach]:
    """Compare every badge with its rule. While happenings wait to be heard, a difference is no breach."""
    if waiting(consumer="badges.count_for_badges"):
        return []
    # What no happening tells of (a year is full at some hour of the day) comes in the night.
    heard = [
        badge.key
        for badge in Badge.objects.active().filter(rule__isnull=False)
        if not any(SOURCES[source].nightly for source in sources_of(badge))
    ]
    differing = differing_members(keys=heard)
    wrong = sorted({pk for members in differing.values() for pk in members})
    if not wrong:
        return []
    return [Breach(PROMISE, "Stored badges are what would be counted now.", len(wrong), wrong[:EXAMPLES])]
