"""Badges."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BadgesConfig(AppConfig):
    """Badge definitions, rules and awards."""

    name = "rewards.badges"
    label = "badges"
    verbose_name = _("Badges")
