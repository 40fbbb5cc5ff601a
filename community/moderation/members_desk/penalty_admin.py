"""Warning and pausing a member without a case, and lifting it: the page of it, and the list of all penalties."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.errors import DomainError, NotFound
from community.members.models import Member
from community.moderation import actions
from community.moderation.members_desk.forms import PenaltyForm
from community.moderation.members_desk.queries import penalty_page, reasons_for_penalties
from community.moderation.models import Penalty
from community.moderation.permissions import can_note, can_penalise
from community.moderation.queries import get_penalty_for, penalties_of
from community.web import SeeOther

PANEL = 5


@admin.register(Penalty)
class PenaltyAdmin(ReadOnlyAdmin):
    """What was laid on whom; it can be lifted here."""

    list_display = ("member", "kind", "reason", "until", "given_by", "given_at", "lifted_at")
    list_filter = ("kind", ("lifted_at", admin.EmptyFieldListFilter))
    list_select_related = ("member", "given_by")
    search_fields = ("member__name", "=member__handle")
    ordering = ("-id",)
    actions = ("lift",)

    def get_urls(self) -> list[URLPattern]:
        """The page on which a member is warned or paused."""
        page = self.admin_site.admin_view(self.penalise)
        return [path("on/<int:member>/", page, name="moderation_penalise"), *super().get_urls()]

    @admin.action(description=gettext_lazy("Lift the chosen penalties"))
    def lift(self, request: HttpRequest, queryset: QuerySet[Penalty]) -> None:
        """End them now."""
        for penalty in queryset.filter(lifted_at=None):
            _lift(request, penalty)

    def penalise(self, request: HttpRequest, member: int) -> HttpResponse:
        """Show what was laid on a member and what is proposed; lay a penalty, or lift one."""
        actor, about = actor_of(request), _member(request, member)
        page = penalty_page(actor, about)
        is_laying = request.method == "POST" and request.POST.get("act") != "lift"
        form = PenaltyForm(
            request.POST if is_laying else None,
            canned=reasons_for_penalties(),
            step=page.step,
            written=page.written,
        )
        if request.method == "POST":
            answer = _lay(request, about, form) if is_laying else _end(request, actor, about)
            if answer is not None:
                return answer
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Warn or pause %(name)s") % {"name": about.name},
            "page": page,
            "form": form,
            "may": can_penalise(actor, about),
            "shortcuts": actor.shortcuts_on,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/moderation/penalty.html", context, status=status)


def draw_penalties(request: HttpRequest, member: Member) -> str:
    """Draw what was laid on a member lately, and the way to warn or pause them."""
    actor = actor_of(request)
    if not can_note(actor):
        return ""
    context = {
        "member": member,
        "may": can_penalise(actor, member),
        "penalties": penalties_of(actor, member)[:PANEL],
    }
    return render_to_string("admin/moderation/member_penalties.html", context, request=request)


def _lay(request: HttpRequest, about: Member, form: PenaltyForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        penalty = actions.penalise_member(actor=actor_of(request), member=about, **form.cleaned_data)
    except DomainError as error:
        for name, sentence in (error.fields or {}).items():
            form.add_error({"kind": "decision"}.get(name, name), sentence)
        if not error.fields:
            messages.error(request, error.message)
        return None
    said = _("%(name)s is told, with the way to answer. You can lift it below.")
    messages.success(request, said % {"name": penalty.member.name})
    return SeeOther(_here(about))


def _end(request: HttpRequest, actor: Member, about: Member) -> HttpResponse:
    number = request.POST.get("penalty", "")
    if not number.isdecimal() or len(number) > 18:
        raise NotFound()
    _lift(request, get_penalty_for(actor, int(number)))
    return SeeOther(_here(about))


def _lift(request: HttpRequest, penalty: Penalty) -> None:
    try:
        actions.lift_penalty(actor=actor_of(request), penalty=penalty)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Lifted for %(name)s, who is told.") % {"name": penalty.member})


def _member(request: HttpRequest, pk: int) -> Member:
    found = Member.objects.get_queryset().filter(pk=pk).first() if can_note(actor_of(request)) else None
    if found is None:
        raise NotFound()
    return found


def _here(member: Member) -> str:
    return reverse("admin:moderation_penalise", args=[member.pk])
