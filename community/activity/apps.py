"""Loads every feature's verbs, consumers, notices, belongings, rules of retention and webhooks once the apps are ready."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class ActivityConfig(AppConfig):
    """The spine."""

    name = "community.activity"
    label = "activity"
    verbose_name = _("Activity")

    def ready(self) -> None:
        for room in ("verbs", "consumers", "notices", "belongings", "retention", "webhooks"):
            for app in apps.get_app_configs():
                if app.name.split(".")[0] in {"community", "rewards", "engagement"} and find_spec(
                    f"{app.name}.{room}"
                ):
                    import_module(f"{app.name}.{room}")
