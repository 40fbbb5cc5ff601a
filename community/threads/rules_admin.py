"""The manager's way to the rules for questions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.threads import actions
from community.threads.models import QuestionCare, QuestionRules, Thread
from community.threads.permissions import can_change_question_rules
from community.threads.questions import THE_ROW, question_rules


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
class QuestionRulesAdmin(ModelAdmin):
    """The numbers behind questions, on one page; saved through the action."""

    form = QuestionRulesForm
    fieldsets = (
        (_("Answers"), {"fields": ("follow_up_days", "answer_lock_days", "claim_minutes")}),
        (_("Questions that need information"), {"fields": ("nudge_days", "close_days")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_authenticated and can_change_question_rules(actor_of(request)))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Go straight to the one row."""
        return HttpResponseRedirect(reverse("admin:threads_questionrules_change", args=[THE_ROW]))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> QuestionRules | None:
        """Return the rules, or the defaults while nobody has changed any."""
        return question_rules()

    def save_model(self, request: HttpRequest, obj: QuestionRules, form: Any, change: bool) -> None:
        """Save through the action."""
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.save_question_rules(actor=actor_of(request), changes=changes)


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
