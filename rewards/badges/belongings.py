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
