"""What lists hold about a member: sums that are counted from their awards."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, table
from rewards.leaderboards.joining import join_sums

_SAYS = _("It says only that two accounts were one, so that sums of the ledger can be proven.")

table(
    "leaderboards.sums",
    _("What you earned, day by day"),
    "leaderboards.DaySum",
    "member",
    {"day": _("Day"), "rule_key": _("Rule"), "points": _("Points"), "times": _("Times")},
    columns=(
        Column("leaderboards.Joined", "source", Fate.KEEP, _SAYS, moves=False),
        Column("leaderboards.Joined", "target", Fate.KEEP, _SAYS, moves=False),
    ),
    merge=join_sums,
    moves=False,
)
