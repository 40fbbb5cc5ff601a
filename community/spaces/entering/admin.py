"""Who asked to be let into which space, and what came of it. Answers are given in the queue."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.spaces.models import EntryAsk


@admin.register(EntryAsk)
class EntryAskAdmin(ReadOnlyAdmin):
    """Requests to enter private spaces."""

    list_display = ("space", "member", "words", "state", "asked_at", "answered_by")
    list_filter = ("state",)
    list_select_related = ("space", "member", "answered_by")
    search_fields = ("space__name", "=member__handle")
    ordering = ("-id",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Moderators of the whole community do not enter private spaces, nor read who wants to."""
        return super().has_module_permission(request) and actor_of(request).is_at_least("manager")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and actor_of(request).is_at_least("manager")
