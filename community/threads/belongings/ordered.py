"""What members set for themselves in threads, and what they did there to keep order."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, table, unlisted

table(
    "threads.timers",
    _("Reminders and timers you set for threads"),
    "threads.ThreadTimer",
    "set_by",
    {"thread_id": _("Thread"), "kind": _("What happens"), "due_at": _("When")},
    fate=Fate.DETACH,
)
table(
    "threads.pins_away",
    _("Pinned threads you put away"),
    "threads.PinAside",
    "member",
    {"thread_id": _("Thread"), "created_at": _("When")},
)
unlisted(
    "threads.regrouped",
    _("Threads you split or merged"),
    _("It is about threads, and stands in the log of the team."),
    Column("threads.Regrouping", "actor", Fate.DETACH),
)
