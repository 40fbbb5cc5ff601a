"""Notifications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Inbox, preferences, the contact gate and its channels."""

    name = "community.notifications"
    label = "notifications"
    verbose_name = _("Notifications")
