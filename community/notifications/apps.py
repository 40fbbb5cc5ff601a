"""Notifications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Inbox, preferences, the contact gate and its channels."""

    name = "community.notifications"
    label = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """A browser whose session begins anew is told of things as before."""
        from community.members.doors.renewal import take_along
        from community.notifications.actions.browsers import take_browser_along

        take_along(take_browser_along)
