"""The numbers of the community: how long, how many, how often. Each has a default and may be changed by managers."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NumbersConfig(AppConfig):
    """Numbers are declared in the `limits.py` of the feature that obeys them, and changed here."""

    name = "community.numbers"
    label = "numbers"
    verbose_name = _("Numbers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Meet every declared number, and answer for the rates that managers chose."""
        from community.limits import ask_for_rates
        from community.numbers.memory import chosen_rates

        autodiscover_modules("limits")
        ask_for_rates(chosen_rates)
