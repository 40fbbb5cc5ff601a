"""Spaces."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpacesConfig(AppConfig):
    """Where people talk."""

    name = "community.spaces"
    label = "spaces"
    verbose_name = _("Spaces")

    def ready(self) -> None:
        from community.panels import add_panel
        from community.spaces.entering.panels import way_in

        add_panel("door", "ask", way_in, order=10)
