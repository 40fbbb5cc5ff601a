"""Quests."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestsConfig(AppConfig):
    """First steps and missions with steps and dates."""

    name = "rewards.quests"
    label = "quests"
    verbose_name = _("Quests")

    def ready(self) -> None:
        from community.panels import add_panel
        from rewards.quests import panels

        add_panel("home", "quests", panels.home_card, order=45)
        add_panel("settings_privacy", "quests", panels.own_switch, order=10)
