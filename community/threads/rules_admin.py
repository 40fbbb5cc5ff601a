"""The manager's way to the rules for questions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.access import actor_of
from community.activity.admin import OneRowAdmin, ReadOnlyAdmin
from community.threads import actions
from community.threads.models import QuestionCare, QuestionRules, Thread
from community.threads.permissions import can_change_question_rules


class QuestionRulesForm(forms.ModelForm):
    """Asks the action's own rule, so that a refusal stands beside its field."""

    def clean(self) -> dict[str, Any]:
        """Nothing is closed before it was reminded of."""
        values = super().clean() or self.cleaned_data
        nudge, close = values.get("nudge_days"), values.get("close_days")
        if nudge is not None and close is not None and close <= nudge:
            self.add_error("close_days", _("Close later than you remind."))
        return values


@admin.register(QuestionRules)
class QuestionRulesAdmin(OneRowAdmin):
    """The numbers behind questions, on one page; saved through the action."""

    form = QuestionRulesForm
    fieldsets = (
        (_("Answers"), {"fields": ("follow_up_days", "answer_lock_days", "claim_minutes")}),
        (_("Questions that need information"), {"fields": ("nudge_days", "close_days")}),
    )

    def may_change(self, actor: Any) -> bool:
        """Whether a member may change the rules for questions."""
        return bool(can_change_question_rules(actor))

    def save_changes(self, actor: Any, changes: dict[str, Any], form: Any) -> None:
        """Change the rules for questions."""
        actions.save_question_rules(actor=actor, changes=changes)


@admin.register(QuestionCare)
class QuestionCareAdmin(ReadOnlyAdmin):
    """What questions are missing, and what became of it."""

    list_display = ("thread", "missing", "missing_at", "nudged_at", "closed_at", "followed_up_at", "said")
    list_filter = (("closed_at", admin.EmptyFieldListFilter), "said")
    list_select_related = ("thread",)
    ordering = ("-missing_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        seen = Thread.objects.visible_to(actor_of(request)).values("pk")
        return super().get_queryset(request).filter(thread__in=seen)
