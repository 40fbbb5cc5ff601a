"""Everything that gives and takes badges."""

from rewards.badges.actions.by_hand import give_badge, revoke_award
from rewards.badges.actions.definitions import BADGE_FIELDS, save_badge
from rewards.badges.actions.pinning import pin_badges
from rewards.badges.actions.settle import differing_members, recompute_all, settle_badges

__all__ = [
    "BADGE_FIELDS",
    "differing_members",
    "give_badge",
    "pin_badges",
    "recompute_all",
    "revoke_award",
    "save_badge",
    "settle_badges",
]
