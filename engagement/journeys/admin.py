"""Managers edit what newcomers are asked."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from engagement.journeys import actions
from engagement.journeys.models import IceBreaker
from engagement.journeys.permissions import can_change_journeys


@admin.register(IceBreaker)
class IceBreakerAdmin(ModelAdmin):
    """Questions for newcomers."""

    list_display = ("text", "thread", "space", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("thread", "space")
    fields = ("text", "thread", "space", "is_active")
    raw_id_fields = ("thread",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_authenticated and can_change_journeys(request.user))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write through the action, like every other face."""
        changes = {name: form.cleaned_data[name] for name in self.fields}
        row = actions.save_ice_breaker(
            actor=request.user,  # type: ignore[arg-type]
            changes=changes,
            ice_breaker=obj if change else None,
        )
        obj.pk = row.pk
