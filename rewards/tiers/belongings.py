"""The tier somebody stands on."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, table, unlisted

table("tiers.standing", _("Tier"), "tiers.Standing", "member", {"tier__name": _("Tier")})
table(
    "tiers.moves",
    _("How you moved between tiers"),
    "tiers.TierMove",
    "member",
    {"before": _("From"), "after": _("To"), "why": _("Why"), "reason": _("Reason"), "at": _("When")},
    columns=(Column("tiers.TierMove", "actor", Fate.DETACH),),
)
table(
    "tiers.invitations",
    _("Tiers you were invited to"),
    "tiers.Invitation",
    "member",
    {"tier__name": _("Tier"), "reason": _("Reason"), "given_at": _("Since"), "ended_at": _("Until")},
    columns=(
        Column("tiers.Invitation", "given_by", Fate.DETACH),
        Column("tiers.Invitation", "ended_by", Fate.DETACH),
    ),
)
unlisted(
    "tiers.perks",
    _("Perks you set up"),
    _("It is the community's own record."),
    Column("tiers.Perk", "made_by", Fate.DETACH),
)
