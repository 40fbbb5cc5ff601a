"""Tiers, how they are reached, who stands where, and what they open."""

from rewards.tiers.models.perks import Invitation, InvitedTier, Perk, PerkKind
from rewards.tiers.models.rules import Basis, TierRules
from rewards.tiers.models.standing import Standing, Tier, TierMove, Why

__all__ = [
    "Basis",
    "Invitation",
    "InvitedTier",
    "Perk",
    "PerkKind",
    "Standing",
    "Tier",
    "TierMove",
    "TierRules",
    "Why",
]
