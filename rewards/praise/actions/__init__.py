"""Everything that gives thanks and takes them back."""

from rewards.praise.actions.giving import give_again, give_thanks, take_back_thanks
from rewards.praise.actions.kinds import KIND_FIELDS, save_kind
from rewards.praise.actions.removing import remove_thanks, restore_thanks
from rewards.praise.actions.reports import report_thanks
from rewards.praise.actions.shouting import (
    make_shout_out,
    pin_shout_out,
    restore_shout_out,
    unpin_shout_out,
    withdraw_shout_out,
)

__all__ = [
    "KIND_FIELDS",
    "give_again",
    "give_thanks",
    "make_shout_out",
    "pin_shout_out",
    "remove_thanks",
    "report_thanks",
    "restore_shout_out",
    "restore_thanks",
    "save_kind",
    "take_back_thanks",
    "unpin_shout_out",
    "withdraw_shout_out",
]
