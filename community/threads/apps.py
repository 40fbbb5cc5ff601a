"""Threads."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThreadsConfig(AppConfig):
    """The one conversation engine."""

    name = "community.threads"
    label = "threads"
    verbose_name = _("Threads")

    def ready(self) -> None:
        from community.threads import pictures

        pictures.register()
