"""Points."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PointsConfig(AppConfig):
    """A double-entry ledger, earning rules and the member's statement."""

    name = "rewards.points"
    label = "points"
    verbose_name = _("Points")
