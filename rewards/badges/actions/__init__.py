"""Everything that gives and takes badges."""

from rewards.badges.actions.by_hand import give_badge, revoke_award
from rewards.badges.actions.settle import recompute_all, settle_badges

__all__ = ["give_badge", "recompute_all", "revoke_award", "settle_badges"]
