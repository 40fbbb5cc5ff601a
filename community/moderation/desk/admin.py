"""The one review queue in the admin: its list, the page of a case, and what is pressed there."""

import time
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.digits import number_in
from community.errors import DomainError, NotFound
from community.members.models import Member
from community.moderation import actions, limits, queries
from community.moderation.actions.together import Together
from community.moderation.case_kinds import describe_cases, kind_of
from community.moderation.desk.forms import DecisionForm, TogetherForm
from community.moderation.desk.queries import (
    Asked,
    desk_page,
    get_cases_for,
    just_decided,
    read_numbers,
)
from community.moderation.members_desk.queries import notes_about
from community.moderation.models import Case
from community.moderation.permissions import can_decide, can_judge
from community.moderation.queries import canned_reasons
from community.web import SeeOther


@admin.register(Case)
class CaseAdmin(ModelAdmin):
    """One queue for everything that needs a decision."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show a page of the queue, and do something to the chosen cases."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        actor, asked = actor_of(request), Asked.read(request.GET)
        answer = None
        form: TogetherForm | None = None
        if request.method == "POST":
            answer, form = _act_together(request, actor)
        if answer is not None:
            return answer
        page = desk_page(actor, asked)
        form = form or TogetherForm(kinds=page.present, canned=canned_reasons(page.present))
        context = {
            **self._context(request, actor, page.asked.show == "decided"),
            "title": _("Review queue"),
            "page": page,
            "form": form,
            "chosen": set(_chosen(request)),
            "address": _address(request.GET),
            "first_posts": limits.FIRST_POSTS() if actor.is_at_least("manager") else None,
        }
        status = 422 if request.method == "POST" else 200
        return TemplateResponse(request, "admin/moderation/queue.html", context, status=status)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show a case with all a decision needs, and take the decision."""
        actor = actor_of(request)
        wanted = number_in(object_id)
        if wanted is None or not self.has_view_permission(request):
            raise NotFound()
        page = queries.get_case_page(actor, wanted)
        form = DecisionForm(
            request.POST if request.POST.get("act") == "decide" else None,
            kind=page.kind,
            canned=canned_reasons([page.kind]),
            suggested=page.suggested_days,
        )
        if request.method == "POST":
            answer = _act(request, page.case, form)
            if answer is not None:
                return answer
        context = {
            **self._context(request, actor),
            "title": page.subject.title,
            "page": page,
            "notes": notes_about(actor, page.case.author),
            "form": form,
            "may_decide": can_decide(actor, page.case),
            "may_judge": can_judge(actor, page.case),
            "claim_minutes": limits.CLAIM_FOR(),
            "holds": page.case.holder_id == actor.pk,
            "following": queries.after_case(actor, page.case),
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/moderation/case.html", context, status=status)

    def _context(self, request: HttpRequest, actor: Member, is_past: bool = False) -> dict[str, Any]:
        undoable = just_decided(actor, read_numbers(request.GET.get("undo", "")))
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "shortcuts": actor.shortcuts_on,
            "seen_at": f"{time.time():.3f}",
            "is_past": is_past,
            "undoable": undoable,
            "undo_seconds": limits.UNDO_FOR(),
        }


def _act(request: HttpRequest, case: Case, form: DecisionForm) -> HttpResponse | None:
    """Do what was pressed on the page of a case. None: the page is shown again, with what was wrong."""
    actor = actor_of(request)
    act = request.POST.get("act", "")
    try:
        if act == "claim":
            actions.claim_case(actor=actor, case=case)
            return _stay(request, case, _said_for(limits.CLAIM_FOR()))
        if act == "release":
            actions.release_case(actor=actor, case=case)
            return _stay(request, case, _("Given back to the queue."))
        if act == "undo":
            actions.undo_decision(actor=actor, case=case)
            return _stay(request, case, _("Taken back. The case waits again."))
        if form.is_valid():
            actions.decide_case(actor=actor, case=case, **form.cleaned_data)
            return _on(request, case)
    except DomainError as error:
        for name, sentence in (error.fields or {}).items():
            form.add_error(name if name in form.fields else None, sentence)
        if not error.fields:
            messages.error(request, error.message)
    return None


def _stay(request: HttpRequest, case: Case, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return SeeOther(reverse("admin:moderation_case_change", args=[case.pk]))


def _on(request: HttpRequest, case: Case) -> HttpResponse:
    """Go on to the next case that waits, or back to the empty queue. Either page offers to take the decision back."""
    messages.success(request, _("Decided. Those it concerns are told."))
    following = queries.waiting_for(actor_of(request)).exclude(pk=case.pk).first()
    address = (
        reverse("admin:moderation_case_change", args=[following.pk])
        if following is not None
        else reverse("admin:moderation_case_changelist")
    )
    return SeeOther(f"{address}?undo={case.pk}")


def _act_together(request: HttpRequest, actor: Member) -> tuple[HttpResponse | None, TogetherForm | None]:
    """Do what was pressed to the chosen cases. Without an answer the queue is shown again, with what was wrong."""
    act, pks = _pressed(request)
    cases = get_cases_for(actor, pks)
    if not cases:
        messages.error(request, _("Choose at least one case."))
        return None, None
    form = None
    try:
        if act == "claim":
            told, sentence = actions.claim_cases(actor=actor, cases=cases), _claimed
        elif act == "release":
            told, sentence = actions.release_cases(actor=actor, cases=cases), _released
        elif act == "undo":
            told, sentence = actions.undo_decisions(actor=actor, cases=cases), _undone
        else:
            kinds = list({case.kind: kind_of(case) for case in cases}.values())
            form = TogetherForm(request.POST, kinds=kinds, canned=canned_reasons(kinds))
            if not form.is_valid():
                return None, form
            told = actions.decide_cases(actor=actor, cases=cases, **form.cleaned_data)
            sentence = _decided
    except DomainError as error:
        messages.error(request, " ".join(error.fields.values()) or error.message)
        return None, form
    _say(request, told, sentence(len(told.done)))
    undo = ".".join(str(case.pk) for case in told.done) if form is not None else ""
    return SeeOther(_address(request.GET, undo)), None


def _say(request: HttpRequest, told: Together, sentence: str) -> None:
    if told.done:
        messages.success(request, sentence)
    named = describe_cases([case for case, _why in told.refused])
    for case, why in told.refused:
        subject = named.get(case.pk)
        here = reverse("admin:moderation_case_change", args=[case.pk])
        said = _("“%(title)s” stays as it is: %(why)s") % {
            "title": subject.title if subject else case.pk,
            "why": why,
        }
        messages.error(request, format_html('<a href="{}">{}</a>', here, said))


def _pressed(request: HttpRequest) -> tuple[str, list[int]]:
    """Return which button was pressed, and for which cases: one of a row is for that row alone."""
    for act in ("claim", "release"):
        if request.POST.get(act):
            return act, read_numbers(request.POST[act])
    return request.POST.get("act", ""), _chosen(request)


def _chosen(request: HttpRequest) -> list[int]:
    return read_numbers(".".join(request.POST.getlist("case")))


def _address(given: QueryDict, undo: str = "") -> str:
    """Return the address of this part of the queue, with what may be taken back there."""
    query = given.copy()
    query.pop("undo", None)
    if undo:
        query["undo"] = undo
    start = reverse("admin:moderation_case_changelist")
    return f"{start}?{query.urlencode()}" if query else start


def _said_for(minutes: int) -> str:
    return ngettext("It is yours for %(n)d minute.", "It is yours for %(n)d minutes.", minutes) % {
        "n": minutes
    }


def _claimed(n: int) -> str:
    return ngettext("%(n)d case is yours now.", "%(n)d cases are yours now.", n) % {"n": n}


def _released(n: int) -> str:
    return ngettext("%(n)d case is given back.", "%(n)d cases are given back.", n) % {"n": n}


def _undone(n: int) -> str:
    return ngettext(
        "%(n)d decision is taken back. The case waits again.",
        "%(n)d decisions are taken back. The cases wait again.",
        n,
    ) % {"n": n}


def _decided(n: int) -> str:
    return ngettext(
        "%(n)d case is decided. Those it concerns are told.",
        "%(n)d cases are decided. Those they concern are told.",
        n,
    ) % {"n": n}
