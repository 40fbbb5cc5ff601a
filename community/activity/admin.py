"""Staff see what happened and what is stuck, and can ask for another try."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from community.activity import relay
from community.activity.models import Activity, Delivery
from community.activity.one_row import THE_ROW, read_row
from community.activity.paging import UncountedPaginator
from community.errors import DomainError


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


class OneRowAdmin(ModelAdmin):
    """Rules of which there is one row (`one_row`), saved through an action. Whoever may not change them finds no page."""

    # Whether a member may change these rules, and the way to their action: (actor, changes, form).
    may_change: Callable[[Any], bool]
    save_changes: Callable[[Any, dict[str, Any], Any], None]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_authenticated and self.may_change(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Go straight to the one row."""
        page = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(page, args=[THE_ROW]))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return the rules, or the defaults while nobody has changed any."""
        return read_row(self.model)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save through the action. A refusal is shown, and nothing changes."""
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            self.save_changes(request.user, changes, form)
        except DomainError as error:
            self.message_user(request, " ".join(error.fields.values()) or error.message, level="error")

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The Activity that the action records is the log."""


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
