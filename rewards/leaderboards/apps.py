"""Leaderboards."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeaderboardsConfig(AppConfig):
    """Rankings of those who chose to appear."""

    name = "rewards.leaderboards"
    label = "leaderboards"
    verbose_name = _("Leaderboards")
