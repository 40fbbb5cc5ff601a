"""Who changed a number last."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, unlisted

unlisted(
    "numbers.changed",
    _("Numbers you changed"),
    _("It is the community's own record; what you changed stands in your log of what happened."),
    Column("numbers.NumberInForce", "changed_by", Fate.DETACH),
)
