"""Everything that gives and takes badges."""

from rewards.badges.actions.by_hand import bring_badge, give_badge, revoke_award
from rewards.badges.actions.definitions import BADGE_FIELDS, save_badge
from rewards.badges.actions.lists import give_from_list
from rewards.badges.actions.nominations import answer_nomination, nominate_member, reopen_nomination
from rewards.badges.actions.pinning import pin_badges
from rewards.badges.actions.settle import differing_members, recompute_all, recompute_waiting, settle_badges

__all__ = [
    "BADGE_FIELDS",
    "answer_nomination",
    "bring_badge",
    "differing_members",
    "give_badge",
    "give_from_list",
    "nominate_member",
    "pin_badges",
    "recompute_all",
    "recompute_waiting",
    "reopen_nomination",
    "revoke_award",
    "save_badge",
    "settle_badges",
]
