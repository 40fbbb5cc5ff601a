"""The audit of badges: what is stored is what would be counted now."""

from community.activity.models import Delivery
from rewards.badges.actions import differing_members
from rewards.badges.models import Metric
from rewards.points.audit import EXAMPLES, Breach

PROMISE = "L12"
# A year is full at some hour of the day; the badge comes in the night.
_BY_TIME = {Metric.YEAR}


def audit_badges() -> list[Breach]:
    """Compare every badge with its metric. While happenings wait to be heard, a difference is no breach."""
    if Delivery.objects.filter(consumer="badges.count_for_badges", done_at=None).exists():
        return []
    differing = differing_members()
    wrong = sorted({pk for metric, members in differing.items() if metric not in _BY_TIME for pk in members})
    if not wrong:
        return []
    return [Breach(PROMISE, "Stored badges are what would be counted now.", len(wrong), wrong[:EXAMPLES])]
