"""Administrators see every key, can revoke it, and decide which sites may embed."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.integrations import actions
from community.integrations.models import ApiKey, EmbedOrigin
from community.integrations.webhooks import admin as webhooks  # noqa: F401


class AdministratorsOnly(ModelAdmin):
    """Moderators and managers do not see these pages."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_admin(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_admin(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _is_admin(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_admin(request)


def _is_admin(request: HttpRequest) -> bool:
    return request.user.is_authenticated and actor_of(request).is_at_least("admin")


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    """Keys. They are made on the settings page, where their text is shown once."""

    list_display = ("name", "prefix", "member", "scope_names", "expires_at", "last_used_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("member",)
    search_fields = ("name", "prefix", "member__handle")
    exclude = ("secret_hash",)
    ordering = ("-id",)
    actions = ("revoke",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_admin(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_admin(request)

    @admin.display(description=_("may"))
    def scope_names(self, key: ApiKey) -> str:
        """List the scopes."""
        return ", ".join(key.scopes)

    @admin.action(description=_("Revoke"))
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> None:
        """Close the chosen keys."""
        count = 0
        for key in queryset:
            actions.revoke_api_key(actor=actor_of(request), key=key)
            count += 1
        messages.success(
            request, ngettext("%(n)s key is revoked.", "%(n)s keys are revoked.", count) % {"n": count}
        )


@admin.register(EmbedOrigin)
class EmbedOriginAdmin(AdministratorsOnly):
    """Sites that may embed."""

    list_display = ("origin", "label", "created_at")
    fields = ("origin", "label")

    def save_model(self, request: HttpRequest, obj: EmbedOrigin, form: ModelForm, change: bool) -> None:
        """Register the site through its action."""
        entry = actions.add_embed_origin(actor=actor_of(request), origin=obj.origin, label=obj.label)
        obj.pk = entry.pk

    def delete_model(self, request: HttpRequest, obj: EmbedOrigin) -> None:
        """Remove the site through its action."""
        actions.remove_embed_origin(actor=actor_of(request), entry=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[EmbedOrigin]) -> None:
        """Remove the chosen sites through their action."""
        for entry in queryset:
            self.delete_model(request, entry)
        messages.success(request, say("They can no longer show the community."))
