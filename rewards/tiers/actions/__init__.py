"""Everything that changes tiers or moves members between them."""

from rewards.tiers.actions.definitions import (
    RULE_FIELDS,
    TIER_FIELDS,
    add_tier,
    change_tier,
    save_tier_rules,
)
from rewards.tiers.actions.invitations import (
    INVITED_FIELDS,
    end_invitation,
    invite_to_tier,
    save_invited_tier,
)
from rewards.tiers.actions.perks import PERK_FIELDS, expire_early_access, remove_perk, save_perk
from rewards.tiers.actions.settling import settle_by_time, settle_everyone, settle_tiers

__all__ = [
    "INVITED_FIELDS",
    "PERK_FIELDS",
    "RULE_FIELDS",
    "TIER_FIELDS",
    "add_tier",
    "change_tier",
    "end_invitation",
    "expire_early_access",
    "invite_to_tier",
    "remove_perk",
    "save_invited_tier",
    "save_perk",
    "save_tier_rules",
    "settle_by_time",
    "settle_everyone",
    "settle_tiers",
]
