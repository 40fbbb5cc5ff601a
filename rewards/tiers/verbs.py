"""What can happen to tiers."""

from typing import TypedDict

from community.activity.registry import verb


class TierReached(TypedDict):
    """A member reached a tier for the first time."""

    member_id: int
    tier: str
    name: str
    earned: int


TIER_REACHED = verb("tier.reached", TierReached, "A member reached a tier for the first time.")
