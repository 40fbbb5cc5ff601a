"""The ledger. Its rows cannot change, so they stay; the account they name has no name any more, and the books still balance."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, table, unlisted
from rewards.points.joining import carry_over

_BOOKS = _("Books are kept whole: every sum can be proven, and nobody can tell whose it was.")

table(
    "points.statement",
    _("Points"),
    "points.Transfer",
    "member",
    {
        "kind": _("Kind"),
        "earned": _("Earned"),
        "spendable": _("To spend"),
        "memo": _("Reason"),
        "occurred_at": _("When"),
    },
    fate=Fate.KEEP,
    why=_BOOKS,
    columns=(
        Column("points.Account", "owner", Fate.KEEP, _BOOKS, moves=False),
        Column("points.Transfer", "giver_id", Fate.KEEP, _BOOKS, moves=False),
        Column("points.Transfer", "actor_id", Fate.KEEP, _BOOKS, moves=False),
    ),
    named_in=("points.Transfer.memo",),
    merge=carry_over,
    moves=False,
)
unlisted(
    "points.rules",
    _("Rules you changed"),
    _("It is the community's own record."),
    Column("points.EarningRule", "changed_by", Fate.DETACH),
)
