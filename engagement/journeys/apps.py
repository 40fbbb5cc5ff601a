"""Journeys."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    """Automations: the welcome and the same-day ice-breaker."""

    name = "engagement.journeys"
    label = "journeys"
    verbose_name = _("Journeys")
