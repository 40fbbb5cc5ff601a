"""Integrations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntegrationsConfig(AppConfig):
    """API keys and scopes, embeds, import and export."""

    name = "community.integrations"
    label = "integrations"
    verbose_name = _("Integrations")

    def ready(self) -> None:
        """Let the OpenAPI description know our two ways of signing in, and name what webhooks may tell."""
        from community.integrations import schema  # noqa: F401
        from community.integrations.webhooks import events  # noqa: F401
