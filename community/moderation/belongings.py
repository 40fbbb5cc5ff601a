"""Reports, cases and penalties."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, table, unlisted

_BY = Fate.DETACH

table(
    "moderation.reports",
    _("What you reported"),
    "moderation.Report",
    "reporter",
    {"reason": _("Reason"), "note": _("In your words"), "created_at": _("When")},
)
table(
    "moderation.penalties",
    _("What the team decided about you"),
    "moderation.Penalty",
    "member",
    {
        "kind": _("Kind"),
        "reason": _("Reason"),
        "given_at": _("When"),
        "until": _("Until"),
        "lifted_at": _("Lifted"),
    },
    columns=(
        Column("moderation.Penalty", "given_by", _BY),
        Column("moderation.Penalty", "lifted_by", _BY),
    ),
)
table(
    "moderation.appeals",
    _("What you said"),
    "moderation.Appeal",
    "member",
    {
        "words": _("In your words"),
        "made_at": _("When"),
        "state": _("Where it stands"),
        "answer": _("Reason"),
        "decided_at": _("Decided"),
    },
)
unlisted(
    "moderation.cases",
    _("Cases"),
    _("Who reported something is told to nobody; what was decided about you is handed out above."),
    Column("moderation.Case", "author", _BY),
    Column("moderation.Case", "claimed_by", _BY),
    Column("moderation.Case", "decided_by", _BY),
)
unlisted(
    "moderation.audit",
    _("Log of what the team did"),
    _("It is the community's record of its own work."),
    Column(
        "moderation.AuditEntry",
        "actor",
        Fate.KEEP,
        _("What the team did stays accountable, by number."),
        moves=False,
    ),
    named_in=tuple(f"moderation.AuditEntry.{name}" for name in ("actor_name", "before", "after", "reason")),
)
unlisted(
    "moderation.notes",
    _("Notes of the team"),
    _("They are what people of the team told each other."),
    Column("moderation.StaffNote", "member", Fate.DELETE),
    Column("moderation.StaffNote", "author", _BY),
)
table(
    "moderation.seen_as",
    _("When the team looked at the site as you"),
    "moderation.SeeingAs",
    "member",
    {"reason": _("Reason"), "began_at": _("When"), "ended_at": _("Until")},
    columns=(Column("moderation.SeeingAs", "actor", _BY),),
)
table(
    "moderation.held",
    _("What you wrote that waits for the team"),
    "moderation.Held",
    "author",
    {
        "kind": _("Kind"),
        "title": _("Title"),
        "body_md": _("Text"),
        "state": _("Where it stands"),
        "reason": _("Reason"),
        "created_at": _("When"),
        "decided_at": _("Decided"),
    },
    columns=(Column("moderation.Held", "decided_by", _BY),),
)
table(
    "moderation.judgements",
    _("How what you wrote first was judged"),
    "moderation.Judgement",
    "author",
    {
        "place": _("Kind"),
        "score": _("Score"),
        "band": _("What came of it"),
        "signals": _("Signs that were seen"),
        "outcome": _("What the team found"),
        "created_at": _("When"),
    },
)
unlisted(
    "moderation.words",
    _("Watched words"),
    _("They are the community's, whoever of the team wrote them down."),
    Column("moderation.WatchedWord", "changed_by", _BY),
)
