"""Leaderboards."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeaderboardsConfig(AppConfig):
    """Rankings of those who chose to appear."""

    name = "rewards.leaderboards"
    label = "leaderboards"
    verbose_name = _("Leaderboards")

    def ready(self) -> None:
        from community.panels import add_panel
        from rewards.leaderboards.panels import most_helpful_card

        add_panel("home", "leaderboards", most_helpful_card, order=60)
