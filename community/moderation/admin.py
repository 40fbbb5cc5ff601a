"""The review queue, penalties and the audit log in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.activity.paging import UncountedPaginator
from community.errors import DomainError, NotFound
from community.moderation import actions, limits, queries
from community.moderation.case_kinds import kind_of
from community.moderation.forms import DecisionForm
from community.moderation.models import AuditEntry, Case, CaseState, Penalty, Report
from community.moderation.permissions import can_decide, can_judge


class WaitingFilter(admin.SimpleListFilter):
    """Shows what waits unless something else is asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("decided", _("Decided")), ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("Waiting"),
        }
        for value, label in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        if self.value() == "all":
            return queryset
        return queryset.filter(state=CaseState.DECIDED if self.value() == "decided" else CaseState.OPEN)


@admin.register(Case)
class CaseAdmin(ModelAdmin):
    """One queue for everything that needs a decision."""

    list_display = ("about", "author", "report_count", "due_at", "held_by", "state", "decision", "decided_by")
    list_filter = (WaitingFilter, "kind")
    list_select_related = ("post__thread", "author", "claimed_by", "decided_by")
    search_fields = ("=post__id", "author__name", "=author__handle")
    ordering = ("due_at", "id")
    paginator = UncountedPaginator
    show_full_result_count = False
    actions = None

    @admin.display(description=gettext_lazy("Post"))
    def about(self, case: Case) -> str:
        """Name the thread and the place of the post in it; of anything else only what it is."""
        if case.post is None:
            return str(kind_of(case).label)
        return f"{case.post.thread.title} · {case.post.position}"

    @admin.display(description=gettext_lazy("Held by"))
    def held_by(self, case: Case) -> str:
        """Name who looks at it now."""
        return case.claimed_by.name if case.holder_id and case.claimed_by else "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        mine = queries.reviewable_by(actor_of(request)).values("pk")
        cases: QuerySet[Case] = super().get_queryset(request)
        return cases.filter(pk__in=mine)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show a case with all a decision needs, and take the decision."""
        actor = actor_of(request)
        if not object_id.isdecimal() or not self.has_view_permission(request):
            raise NotFound()
        page = queries.get_case_page(actor, int(object_id))
        form = DecisionForm(
            request.POST if request.POST.get("act") == "decide" else None,
            kind=page.kind,
        )
        if request.method == "POST":
            answer = self._act(request, page.case, form)
            if answer is not None:
                return answer
        context = {
            **self.admin_site.each_context(request),
            "title": page.subject.title,
            "opts": self.opts,
            "page": page,
            "form": form,
            "may_decide": can_decide(actor, page.case),
            "may_judge": can_judge(actor, page.case),
            "claim_minutes": limits.CLAIM_FOR(),
            "holds": page.case.holder_id == actor.pk,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/moderation/case.html", context, status=status)

    def _act(self, request: HttpRequest, case: Case, form: DecisionForm) -> HttpResponse | None:
        actor = actor_of(request)
        act = request.POST.get("act", "")
        try:
            if act == "claim":
                actions.claim_case(actor=actor, case=case)
                return self._stay(request, case, _said_for(limits.CLAIM_FOR()))
            if act == "release":
                actions.release_case(actor=actor, case=case)
                return self._stay(request, case, _("Given back to the queue."))
            if act == "undo":
                actions.undo_decision(actor=actor, case=case)
                return self._stay(request, case, _("Taken back. The case waits again."))
            if form.is_valid():
                actions.decide_case(actor=actor, case=case, **form.cleaned_data)
                return self._on(request, case)
        except DomainError as error:
            for name, sentence in (error.fields or {}).items():
                form.add_error(name if name in form.fields else None, sentence)
            if not error.fields:
                messages.error(request, error.message)
        return None

    def _stay(self, request: HttpRequest, case: Case, sentence: str) -> HttpResponse:
        messages.success(request, sentence)
        return HttpResponseRedirect(reverse("admin:moderation_case_change", args=[case.pk]))

    def _on(self, request: HttpRequest, case: Case) -> HttpResponse:
        """Go on to the next case that waits, or back to the empty queue."""
        messages.success(request, _("Decided. The author and those who reported it are told."))
        following = queries.waiting_for(actor_of(request)).exclude(pk=case.pk).first()
        if following is None:
            return HttpResponseRedirect(reverse("admin:moderation_case_changelist"))
        return HttpResponseRedirect(reverse("admin:moderation_case_change", args=[following.pk]))


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


@admin.register(Penalty)
class PenaltyAdmin(ReadOnlyAdmin):
    """What was laid on whom; it can be lifted here."""

    list_display = ("member", "kind", "reason", "until", "given_by", "given_at", "lifted_at")
    list_filter = ("kind", ("lifted_at", admin.EmptyFieldListFilter))
    list_select_related = ("member", "given_by")
    search_fields = ("member__name", "=member__handle")
    ordering = ("-id",)
    actions = ("lift",)

    @admin.action(description=gettext_lazy("Lift the chosen penalties"))
    def lift(self, request: HttpRequest, queryset: QuerySet[Penalty]) -> None:
        """End them now."""
        for penalty in queryset.filter(lifted_at=None):
            try:
                actions.lift_penalty(actor=actor_of(request), penalty=penalty)
            except DomainError as error:
                messages.error(request, error.message)
            else:
                messages.success(request, _("Lifted for %(name)s, who is told.") % {"name": penalty.member})


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """What people of the team did, in private spaces as well: for those who may enter all of them."""

    list_display = ("occurred_at", "actor_name", "act", "target_type", "target_pk", "reason")
    list_filter = ("act",)
    search_fields = ("actor_name", "=target_pk", "reason")
    ordering = ("-id",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).is_at_least("manager") and super().has_view_permission(request, obj)


def _said_for(minutes: int) -> str:
    return ngettext("It is yours for %(n)d minute.", "It is yours for %(n)d minutes.", minutes) % {
        "n": minutes
    }
