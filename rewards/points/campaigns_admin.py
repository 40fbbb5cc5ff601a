"""The manager's way to campaigns."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from community.access import actor_of
from rewards.points import actions
from rewards.points.admin_forms import CampaignForm, warn_of_what_is_gone
from rewards.points.models import Campaign


@admin.register(Campaign)
class CampaignAdmin(ModelAdmin):
    """Campaigns in force, over or to come. Of several at once the highest counts; they never add up."""

    form = CampaignForm
    list_display = ("name", "factor", "active_from", "active_to", "is_active", "version", "changed_by")
    list_select_related = ("changed_by",)
    ordering = ("-active_from", "key")
    readonly_fields = ("version", "changed_at", "changed_by")

    def get_queryset(self, request: HttpRequest) -> Any:
        return Campaign.objects.in_force().order_by(*self.ordering)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        new = ("key",) if obj is None else ()
        return (*new, *actions.CAMPAIGN_FIELDS, *(self.readonly_fields if obj else ()))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changeform_view(self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any) -> Any:
        if object_id and request.method == "GET" and (found := self.get_object(request, object_id)):
            warn_of_what_is_gone(request, [(found.name, found.space_ids, found.tags)])
        return super().changeform_view(request, object_id, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Campaign, form: Any, change: bool) -> None:
        """Put the campaign, or a new version of it, in force through its action."""
        if change:
            stored = Campaign.objects.get(pk=obj.pk)
            changed = actions.change_campaign(actor=actor_of(request), campaign=stored, changes=form.values())
            obj.pk = changed.pk
        else:
            key = form.cleaned_data["key"]
            obj.pk = actions.add_campaign(actor=actor_of(request), key=key, values=form.values()).pk
