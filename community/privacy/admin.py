"""Copies and erasures, for those who answer for them."""

from django.contrib import admin
from django.http import HttpRequest

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.privacy.models import Erasure, Export


class ManagersOnly(ReadOnlyAdmin):
    """Moderators do not see who leaves."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_authenticated and actor_of(request).is_at_least("manager")


@admin.register(Export)
class ExportAdmin(ManagersOnly):
    """Who asked for a copy and how far it is. Its file is its owner's alone."""

    list_display = ("id", "member", "state", "asked_at", "rows", "bytes", "ends_at", "fetched_at")
    list_filter = ("state",)
    list_select_related = ("member",)
    exclude = ("key",)
    ordering = ("-id",)


@admin.register(Erasure)
class ErasureAdmin(ManagersOnly):
    """Who is to be erased, and when it begins."""

    list_display = ("id", "member", "state", "deletes_posts", "asked_at", "due_at", "done_at", "asked_by")
    list_filter = ("state",)
    list_select_related = ("member", "asked_by")
    ordering = ("-id",)
