"""What members pressed, kept and followed in threads."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, table, unlisted

_WHEN = {"created_at": _("When")}
_COUNTED = _("What others wrote was counted by it, and earned by it; it says no more who pressed.")

table(
    "threads.reactions",
    _("Reactions"),
    "threads.Reaction",
    "member",
    {"post_id": _("Post"), "kind": _("Kind"), **_WHEN},
    fate=Fate.KEEP,
    why=_COUNTED,
)
table(
    "threads.votes",
    _("Votes in polls"),
    "threads.PollVote",
    "member",
    {"poll__question": _("Poll"), "option__text": _("Choice"), **_WHEN},
    fate=Fate.KEEP,
    why=_("The result of a poll stays what it was; it says no more who voted."),
    columns=(Column("threads.Poll", "closed_by", Fate.DETACH),),
)
table(
    "threads.bookmarks",
    _("Bookmarks"),
    "threads.Bookmark",
    "member",
    {"post_id": _("Post"), **_WHEN},
)
table(
    "threads.follows",
    _("Threads you follow or mute"),
    "threads.ThreadFollow",
    "member",
    {"thread_id": _("Thread"), "level": _("Level"), "because": _("Reason"), **_WHEN},
)
table(
    "threads.read",
    _("How far you read"),
    "threads.ReadState",
    "member",
    {
        "thread_id": _("Thread"),
        "last_read_position": _("Up to post"),
        "seconds": _("Seconds"),
        "read_at": _("When"),
    },
    columns=(Column("threads.SetAside", "member", Fate.DELETE),),
)
table(
    "threads.pins",
    _("Pinned threads you put aside"),
    "threads.PinAside",
    "member",
    {"thread_id": _("Thread"), **_WHEN},
)
unlisted(
    "threads.order",
    _("Threads you kept in order"),
    _("It is the community's own record."),
    Column("threads.Regrouping", "actor", Fate.DETACH),
    Column("threads.ThreadTimer", "set_by", Fate.DETACH),
)
unlisted(
    "threads.named",
    _("Where you were named"),
    _("It is what others wrote; it stands in their own export."),
    Column("threads.Mention", "member", Fate.DELETE),
    Column("threads.QuestionCare", "missing_by", Fate.DETACH),
    Column("threads.QuestionCare", "claimed_by", Fate.DETACH),
)
