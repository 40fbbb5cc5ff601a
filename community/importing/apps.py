"""Importing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportingConfig(AppConfig):
    """Bringing a community in from elsewhere."""

    name = "community.importing"
    label = "importing"
    verbose_name = _("Import")
