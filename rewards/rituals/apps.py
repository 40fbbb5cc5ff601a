"""Rituals."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RitualsConfig(AppConfig):
    """Weeks in a row with a quality floor, and greetings on days that matter to a member."""

    name = "rewards.rituals"
    label = "rituals"
    verbose_name = _("Rituals")

    def ready(self) -> None:
        from community.panels import add_panel
        from rewards.rituals import panels

        add_panel("points_statement", "rhythm", panels.own_rhythm, order=60)
        add_panel("profile_main", "rhythm", panels.shown_rhythm, order=30)
        add_panel("profile_main", "birthday", panels.shown_birthday, order=31)
        add_panel("home", "season", panels.season_card, order=45)
