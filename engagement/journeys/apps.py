"""Journeys."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    """Automations: the welcome and the same-day ice-breaker."""

    name = "engagement.journeys"
    label = "journeys"
    verbose_name = _("Journeys")

    def ready(self) -> None:
        from community.panels import add_panel
        from engagement.journeys.panels import first_steps_panel

        add_panel("hello", "first_steps", first_steps_panel)
