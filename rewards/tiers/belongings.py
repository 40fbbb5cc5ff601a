"""The tier somebody stands on."""

from django.utils.translation import gettext_lazy as _

from community.belongings import table

table("tiers.standing", _("Tier"), "tiers.Standing", "member", {"tier__name": _("Tier")})
