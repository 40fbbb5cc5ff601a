"""Reports, canned reasons and the audit log in the admin. The queue itself is `desk.admin`."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.errors import DomainError
from community.moderation import actions, queries
from community.moderation.case_kinds import all_case_kinds
from community.moderation.desk import admin as desk_admin
from community.moderation.desk.forms import CannedReasonForm
from community.moderation.log.admin import AuditEntryAdmin
from community.moderation.members_desk.admin import StaffNoteAdmin
from community.moderation.members_desk.penalty_admin import PenaltyAdmin
from community.moderation.models import CannedReason, Report
from community.moderation.permissions import can_can_reasons
from community.moderation.spam import admin as spam_admin
from community.moderation.words import admin as words_admin

__all__ = ["AuditEntryAdmin", "PenaltyAdmin", "StaffNoteAdmin", "desk_admin", "spam_admin", "words_admin"]


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Who reported what, in spaces in which the reader keeps order."""

    list_display = ("case", "reporter", "reason", "note", "created_at")
    list_filter = ("reason",)
    list_select_related = ("case", "reporter")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        reports: QuerySet[Report] = super().get_queryset(request)
        return reports.filter(case__in=queries.reviewable_by(actor_of(request)).values("pk"))


@admin.register(CannedReason)
class CannedReasonAdmin(ModelAdmin):
    """Reasons that the team inserts with one press."""

    form = CannedReasonForm
    list_display = ("title", "text", "offered_for", "position")
    ordering = ("position", "id")
    actions = None

    @admin.display(description=gettext_lazy("Offered for"))
    def offered_for(self, reason: CannedReason) -> str:
        """Name the kind of case and the decision."""
        kind = next((one for one in all_case_kinds() if one.name == reason.kind), None)
        if kind is None:
            return _("Every decision")
        choice = kind.choice(reason.decision)
        return f"{kind.label} · {choice.label}" if choice else str(kind.label)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(can_can_reasons(actor_of(request)))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(can_can_reasons(actor_of(request)))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(can_can_reasons(actor_of(request)))

    def save_model(self, request: HttpRequest, obj: CannedReason, form: Any, change: bool) -> None:
        """Save through the action. A refusal is shown, and nothing changes."""
        kind, _colon, decision = form.cleaned_data["place"].partition(":")
        typed = {name: form.cleaned_data[name] for name in ("title", "text", "position")}
        stored = CannedReason.objects.get(pk=obj.pk) if change else None
        try:
            obj.pk = actions.save_canned_reason(
                actor=actor_of(request), reason=stored, kind=kind, decision=decision, **typed
            ).pk
        except DomainError as error:
            self.message_user(request, " ".join(error.fields.values()) or error.message, level="error")

    def delete_model(self, request: HttpRequest, obj: CannedReason) -> None:
        """Take it away through the action."""
        actions.delete_canned_reason(actor=actor_of(request), reason=obj)
