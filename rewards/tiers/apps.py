"""Tiers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TiersConfig(AppConfig):
    """Status levels and what they open."""

    name = "rewards.tiers"
    label = "tiers"
    verbose_name = _("Tiers")
