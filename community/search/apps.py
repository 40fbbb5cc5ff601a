"""Search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """One index over everything a viewer may see."""

    name = "community.search"
    label = "search"
    verbose_name = _("Search")
