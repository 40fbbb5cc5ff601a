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
table(
    "points.pending",
    _("Points on their way"),
    "points.PendingAward",
    "member",
    {
        "rule_key": _("Rule"),
        "state": _("State"),
        "points": _("Points"),
        "occurred_at": _("When"),
        "due_at": _("Final"),
    },
    columns=(
        Column("points.PendingAward", "giver_id", Fate.DETACH),
        Column("points.PendingAward", "actor_id", Fate.DETACH),
    ),
)
table(
    "points.holds",
    _("Held points"),
    "points.Hold",
    "member",
    {
        "amount": _("Held"),
        "captured": _("Spent"),
        "memo": _("What for"),
        "created_at": _("When"),
        "expires_at": _("Until"),
        "state": _("State"),
    },
    fate=Fate.KEEP,
    why=_BOOKS,
    named_in=("points.Hold.memo",),
    moves=False,
)
table(
    "points.proposals",
    _("Proposed corrections of points"),
    "points.Proposal",
    "member",
    {
        "earned": _("Earned"),
        "spendable": _("To spend"),
        "reason": _("Reason"),
        "created_at": _("When"),
        "state": _("State"),
    },
    fate=Fate.KEEP,
    why=_BOOKS,
    columns=(
        Column("points.Proposal", "proposed_by", Fate.KEEP, _BOOKS, moves=False),
        Column("points.Proposal", "decided_by", Fate.KEEP, _BOOKS, moves=False),
    ),
    named_in=("points.Proposal.reason",),
    moves=False,
)
unlisted(
    "points.rules",
    _("Rules you changed"),
    _("It is the community's own record."),
    Column("points.EarningRule", "changed_by", Fate.DETACH),
    Column("points.Campaign", "changed_by", Fate.DETACH),
)
