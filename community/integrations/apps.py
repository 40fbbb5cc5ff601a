"""Integrations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntegrationsConfig(AppConfig):
    """API keys and scopes, embeds, import and export."""

    name = "community.integrations"
    label = "integrations"
    verbose_name = _("Integrations")
