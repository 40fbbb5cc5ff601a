"""The spaces somebody is in, and how closely they attend to spaces and tags."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, table

_SINCE = {"created_at": _("Since")}

table(
    "spaces.memberships",
    _("Spaces you were added to"),
    "spaces.SpaceMembership",
    "member",
    {"space__name": _("Space"), "is_moderator": _("Keeping order"), "added_at": _("Since")},
)
table(
    "spaces.follows",
    _("Spaces you follow or mute"),
    "spaces.SpaceFollow",
    "member",
    {"space__name": _("Space"), "level": _("Level"), **_SINCE},
)
table(
    "spaces.tags",
    _("Topics you follow or mute"),
    "spaces.TagFollow",
    "member",
    {"tag__name": _("Topic"), "level": _("Level"), **_SINCE},
)
table(
    "spaces.entry_asks",
    _("Private spaces you asked to be let into"),
    "spaces.EntryAsk",
    "member",
    {
        "space__name": _("Space"),
        "words": _("In your words"),
        "state": _("State"),
        "asked_at": _("When"),
        "answer": _("Answer"),
    },
    columns=(Column("spaces.EntryAsk", "answered_by", Fate.DETACH),),
)
