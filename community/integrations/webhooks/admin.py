"""Administrators see every endpoint. They are set up on the settings page, where a secret is shown once."""

from django.contrib import admin
from django.http import HttpRequest

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.integrations.models import WebhookEndpoint


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(ReadOnlyAdmin):
    """Endpoints of everybody, and how they do."""

    list_display = (
        "__str__",
        "owner",
        "is_on",
        "off_reason",
        "failing_since",
        "last_success_at",
        "last_status",
    )
    list_filter = ("is_on",)
    list_select_related = ("owner",)
    search_fields = ("description", "owner__handle")
    exclude = ("sealed_secret", "sealed_old_secret", "lease", "leased_until")
    ordering = ("-id",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and actor_of(request).is_at_least("admin")

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.has_module_permission(request)
