"""Badges somebody was given."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, table

table(
    "badges.awards",
    _("Badges"),
    "badges.Award",
    "member",
    {
        "badge__name": _("Badge"),
        "period": _("Period"),
        "reason": _("Reason"),
        "citation": _("Citation"),
        "awarded_at": _("When"),
        "revoked_at": _("Lifted"),
    },
    columns=(Column("badges.Award", "given_by", Fate.DETACH),),
)
table(
    "badges.pins",
    _("Badges you show first"),
    "badges.PinnedBadge",
    "member",
    {"badge__name": _("Badge"), "place": _("Order")},
    moves=False,
)
table(
    "badges.nominations",
    _("Badges you proposed others for"),
    "badges.Nomination",
    "proposer",
    {
        "badge__name": _("Badge"),
        "words": _("In your words"),
        "state": _("State"),
        "proposed_at": _("When"),
        "answer": _("Answer"),
    },
    columns=(Column("badges.Nomination", "answered_by", Fate.DETACH),),
)
table(
    "badges.nominated",
    _("Badges you were proposed for"),
    "badges.Nomination",
    "member",
    {"badge__name": _("Badge"), "state": _("State"), "proposed_at": _("When")},
)
