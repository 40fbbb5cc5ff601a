"""What can happen to tiers."""

from typing import TypedDict

from community.activity.changes import Changed
from community.activity.registry import verb


class TierReached(TypedDict):
    """A member reached a tier for the first time."""

    member_id: int
    tier: str
    name: str
    earned: int


class TierChanged(Changed):
    """Staff added or changed a tier; `fields` by name, from what and to what."""

    tier: str


TIER_REACHED = verb("tier.reached", TierReached, "A member reached a tier for the first time.")
TIER_CHANGED = verb(
    "tier.changed", TierChanged, "Staff added a tier, or changed its name, threshold or what it opens."
)
