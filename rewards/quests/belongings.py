"""The quests somebody took part in, and whether they hide them."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, table, unlisted

table(
    "quests.takings",
    _("Quests"),
    "quests.Taking",
    "member",
    {
        "quest__name": _("Quest"),
        "state": _("State"),
        "began_at": _("Since"),
        "finished_at": _("Finished"),
    },
)
table(
    "quests.choice",
    _("Whether you hide quests"),
    "quests.Choice",
    "member",
    {"hides": _("Hidden"), "changed_at": _("When")},
)
unlisted(
    "quests.hosts",
    _("Quests you ask for"),
    _("It is the community's own record."),
    Column("quests.Quest", "host", Fate.DETACH),
)
