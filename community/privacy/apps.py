"""Privacy."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """Exports, erasure, retention, and joining two accounts of one person."""

    name = "community.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        """Hear who signs in: that alone keeps an account that was to be erased. Say where old handles lead."""
        from community.members.addresses import add_finder
        from community.panels import add_panel
        from community.privacy import queries, returning
        from community.privacy.panels import account_links

        returning.connect()
        add_panel("admin_member", "privacy", account_links, order=90)
        add_finder(queries.handle_behind)
