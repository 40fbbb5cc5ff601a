"""Staff see what happened and what is stuck, and can ask for another try."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from community.activity import relay
from community.activity.models import Activity, Delivery
from community.activity.paging import UncountedPaginator


class ReadOnlyAdmin(ModelAdmin):
    """Rows that nobody may add, change or delete by hand."""

    paginator = UncountedPaginator
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    """The log of what happened."""

    list_display = ("id", "verb", "actor", "target_type", "target_pk", "occurred_at", "quiet")
    list_filter = ("verb",)
    search_fields = ("=target_pk",)
    list_select_related = ("actor",)
    ordering = ("-id",)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """Promises: done, waiting, dead. Dead ones can be tried again."""

    list_display = ("id", "consumer", "activity", "attempts", "due_at", "done_at", "dead_at")
    list_filter = (
        ("dead_at", admin.EmptyFieldListFilter),
        ("done_at", admin.EmptyFieldListFilter),
        "consumer",
    )
    list_select_related = ("activity",)
    ordering = ("-id",)
    actions = ("try_again",)

    @admin.action(description=_("Try again now"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Make the chosen promises due at once."""
        count = relay.retry(list(queryset.values_list("pk", flat=True)))
        messages.success(
            request,
            ngettext("%(n)s delivery is due now.", "%(n)s deliveries are due now.", count) % {"n": count},
        )
