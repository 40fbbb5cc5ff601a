"""The manager's way to tiers."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from community.access import actor_of
from rewards.points.staff import ActionForm
from rewards.tiers import actions
from rewards.tiers.models import Tier


class TierForm(ActionForm):
    """A tier to add, or one to change."""

    def act(self, typed: dict[str, Any]) -> Tier:
        """Add or change it."""
        values = {name: typed[name] for name in actions.TIER_FIELDS}
        if self.instance.pk is None:
            return actions.add_tier(actor=self.actor, key=typed["key"], values=values)
        return actions.change_tier(
            actor=self.actor, tier=Tier.objects.get(pk=self.instance.pk), changes=values
        )


@admin.register(Tier)
class TierAdmin(ModelAdmin):
    """Names and thresholds. A tier that members have reached is renamed or moved, not deleted."""

    form = TierForm
    list_display = ("name", "threshold", "key")
    ordering = ("threshold",)
    fields = ("key", *actions.TIER_FIELDS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj is not None else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"actor": actor_of(request)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing is left to do: the form's check was the action."""
