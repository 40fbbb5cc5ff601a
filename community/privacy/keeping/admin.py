"""The manager's page of what is kept how long: what would go by the numbers in force or others, before they are saved."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.errors import DomainError
from community.numbers.permissions import can_change_numbers
from community.privacy.keeping.actions import change_keeping
from community.privacy.keeping.queries import Keeping, forecast_for, numbers_of_rules
from community.privacy.models import RetentionRun


@admin.register(RetentionRun)
class RetentionAdmin(ReadOnlyAdmin):
    """Shows the rules instead of a list of rows. First one sees what other numbers would remove, then one saves them."""

    def has_view_permission(self, request: HttpRequest, obj: RetentionRun | None = None) -> bool:
        return bool(request.user.is_authenticated and can_change_numbers(actor_of(request)))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """A day of a rule has no page of its own: lead to all of them."""
        return HttpResponseRedirect(reverse("admin:privacy_retentionrun_changelist"))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what each rule would remove by what is typed; save only what was seen."""
        actor = actor_of(request)
        can_change_numbers(actor).require()
        sent = request.POST if request.method == "POST" else request.GET
        typed = {key: str(sent[key])[:20] for key in numbers_of_rules() if key in sent}
        rows = forecast_for(actor, typed)
        wrong = any(row.error for row in rows)
        if request.method == "POST" and not wrong and _save(request, _changed(rows)):
            return HttpResponseRedirect(reverse("admin:privacy_retentionrun_changelist"))
        page = {
            **self.admin_site.each_context(request),
            "title": _("What is kept how long"),
            "opts": self.opts,
            "rows": rows,
            "tried": _changed(rows),
            "wrong": wrong,
        }
        status = 422 if wrong or request.method == "POST" else 200
        return TemplateResponse(request, "admin/privacy/retention.html", page, status=status)


def _changed(rows: list[Keeping]) -> dict[str, str]:
    """Return what was typed that is not in force, by key."""
    return {
        row.shown.key: row.typed for row in rows if row.shown is not None and row.typed != row.shown.texts[0]
    }


def _save(request: HttpRequest, changes: dict[str, str]) -> bool:
    try:
        changed = change_keeping(actor=actor_of(request), changes=changes)
    except DomainError as error:
        messages.error(request, error.message)
        return False
    said = ngettext("%(n)d number changed.", "%(n)d numbers changed.", len(changed)) % {"n": len(changed)}
    messages.success(request, said if changed else _("Nothing was different."))
    return True
