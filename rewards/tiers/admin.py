"""The manager's way to tiers."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.errors import DomainError
from rewards.tiers import actions
from rewards.tiers.models import Tier


@admin.register(Tier)
class TierAdmin(ModelAdmin):
    """Names and thresholds. A tier that members have reached is renamed or moved, not deleted."""

    list_display = ("name", "threshold", "key")
    ordering = ("threshold",)
    fields = ("key", *actions.TIER_FIELDS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj is not None else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Tier, form: forms.ModelForm, change: bool) -> None:
        """Add or change the tier through its action."""
        values = {name: form.cleaned_data[name] for name in actions.TIER_FIELDS}
        actor = actor_of(request)
        try:
            if change:
                actions.change_tier(actor=actor, tier=Tier.objects.get(pk=obj.pk), changes=values)
            else:
                obj.pk = actions.add_tier(actor=actor, key=form.cleaned_data["key"], values=values).pk
        except DomainError as refusal:
            messages.error(request, " ".join(refusal.fields.values()) or refusal.message)
