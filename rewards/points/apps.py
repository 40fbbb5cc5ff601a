"""Points."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PointsConfig(AppConfig):
    """A double-entry ledger, earning rules and the member's statement."""

    name = "rewards.points"
    label = "points"
    verbose_name = _("Points")

    def ready(self) -> None:
        from community.panels import add_panel
        from rewards.points import reviewing
        from rewards.points.panels import profile_card, why_entry

        reviewing.register()
        add_panel("profile", "points", profile_card, order=20)
        add_panel("post_menu", "points", why_entry, order=40)
