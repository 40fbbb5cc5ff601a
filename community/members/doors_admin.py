"""The manager's way to the doors, and the team's to those who wait in front of them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.access import actor_of
from community.activity.admin import OneRowAdmin, ReadOnlyAdmin
from community.errors import DomainError
from community.members.doors import actions, domains
from community.members.doors.admissions import decide_admission
from community.members.models import Admission, AdmissionState, DoorRules
from community.members.permissions import can_admit, can_keep_doors


class DoorRulesForm(forms.ModelForm):
    """Asks the action's own rules, so that a refusal stands beside its field."""

    def clean_allowed_domains(self) -> str:
        """Keep names that are domains."""
        return self._domains("allowed_domains")

    def clean_blocked_domains(self) -> str:
        """Keep names that are domains."""
        return self._domains("blocked_domains")

    def _domains(self, name: str) -> str:
        names, wrong = domains.read_domains(self.cleaned_data[name])
        if wrong:
            said = _("This is no e-mail domain: %(names)s") % {"names": ", ".join(wrong[:5])}
            raise forms.ValidationError(said)
        return "\n".join(names)


@admin.register(DoorRules)
class DoorRulesAdmin(OneRowAdmin):
    """Who may join and how people sign in, on one page; saved through the action."""

    form = DoorRulesForm
    fieldsets = (
        (_("Joining"), {"fields": ("joining", "allowed_domains", "blocked_domains", "proof")}),
        (_("Signing in"), {"fields": ("code_sign_in", "second_factor", "sign_on_only")}),
    )

    def may_change(self, actor: Any) -> bool:
        """Whether a member may change the doors."""
        return bool(can_keep_doors(actor))

    def save_changes(self, actor: Any, changes: dict[str, Any], form: Any) -> None:
        """Change the doors."""
        actions.save_door_rules(actor=actor, changes=changes)


@admin.register(Admission)
class AdmissionAdmin(ReadOnlyAdmin):
    """Wishes to join: who waits, why they want to come, and what the team said."""

    list_display = ("member", "why", "state", "asked_at", "decided_by", "decided_at")
    list_filter = ("state",)
    list_select_related = ("member", "decided_by")
    ordering = ("-id",)
    actions = ("let_in",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and bool(can_admit(actor_of(request)))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Admission]:
        """Only those whose address was shown to be theirs."""
        return Admission.objects.filter(ready_at__isnull=False)

    @admin.action(description=_("Let them in"), permissions=["view"])
    def let_in(self, request: HttpRequest, queryset: QuerySet[Admission]) -> None:
        """Say yes to those chosen that still wait."""
        count = 0
        for admission in queryset.filter(state=AdmissionState.WAITING).order_by("pk"):
            try:
                decide_admission(actor=actor_of(request), admission=admission, approved=True)
            except DomainError as error:
                messages.error(request, error.message)
            else:
                count += 1
        said = ngettext("%(n)s newcomer is let in.", "%(n)s newcomers are let in.", count)
        messages.success(request, said % {"n": count})
