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


class TierLeft(TypedDict):
    """A member is a tier lower: `tier` is the one they had, `after` the name of the one they have."""

    member_id: int
    tier: str
    name: str
    after: str


class TierGrace(TypedDict):
    """A member falls short of their tier, and keeps it until a moment (ISO) all the same."""

    member_id: int
    tier: str
    name: str
    until: str


class TierRulesChanged(Changed):
    """Staff changed how tiers are reached and left; `fields` by name, from what and to what."""


class TierChanged(Changed):
    """Staff added or changed a tier; `fields` by name, from what and to what."""

    tier: str


class PerkChanged(Changed):
    """Staff added, changed or removed what a tier opens; `perk` in words."""

    perk: str


class InvitedTierChanged(Changed):
    """Staff made or changed a tier by invitation, by its name."""

    tier: str


class TierInvited(TypedDict):
    """A member came into a tier by invitation, or their time there ended, and why."""

    member_id: int
    name: str
    reason: str


PERK_CHANGED = verb("tier.perk_changed", PerkChanged, "Staff changed what a tier opens.")
INVITED_TIER_CHANGED = verb(
    "tier.invited_changed", InvitedTierChanged, "Staff made or changed a tier by invitation."
)
TIER_INVITED = verb("tier.invited", TierInvited, "The team invited a member to a tier, with a reason.")
TIER_UNINVITED = verb(
    "tier.uninvited", TierInvited, "The team ended a member's time in a tier by invitation, with a reason."
)
TIER_REACHED = verb("tier.reached", TierReached, "A member reached a tier for the first time.")
TIER_LEFT = verb("tier.left", TierLeft, "A member went down one tier.")
TIER_GRACE = verb("tier.grace", TierGrace, "A member falls short of their tier, and keeps it for a while.")
TIER_RULES_CHANGED = verb(
    "tier.rules_changed", TierRulesChanged, "Staff changed how tiers are reached and left."
)
TIER_CHANGED = verb(
    "tier.changed", TierChanged, "Staff added a tier, or changed its name, threshold or what it opens."
)
