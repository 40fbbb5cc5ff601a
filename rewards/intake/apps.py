"""Intake."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """Events of the brand's own systems, and whose they are."""

    name = "rewards.intake"
    label = "intake"
    verbose_name = _("Brand events")
