"""Moderation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """Reports, cases, the review queue and the audit log."""

    name = "community.moderation"
    label = "moderation"
    verbose_name = _("Moderation")
