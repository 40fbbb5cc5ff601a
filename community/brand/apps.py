"""The brand: its name, colours, words and standing pages, and the frame they appear in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrandConfig(AppConfig):
    """What makes a community look like its owner's."""

    name = "community.brand"
    label = "brand"
    verbose_name = _("Brand")
    default_auto_field = "django.db.models.BigAutoField"
