"""Choosing several threads of a list and doing the same to each: a page of its own, so that lists stay as quick as they are."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.access import Who, actor_of, allow
from community.digits import number_in
from community.errors import Invalid
from community.members.models import Member
from community.spaces.models import Space
from community.spaces.queries import get_space_for, list_spaces
from community.threads import actions, permissions, queries
from community.threads.choosing_forms import ChoosingForm
from community.threads.forms import add_refusal
from community.threads.models import Thread
from community.threads.queries import Order
from community.threads.taking_back import is_offered, offer_undo, read_undo
from community.web import SeeOther
from community.writing.lines import one_line

PATH = "/threads/choose/"
SORTS = (Order.LATEST, Order.NEWEST, Order.UNANSWERED)


@allow(Who.MEMBER, "GET", "POST")
def choose(request: HttpRequest) -> HttpResponse:
    """Show a list to choose threads of, and do what was pressed to each of those that were chosen."""
    actor = actor_of(request)
    slug = request.GET.get("space", "")
    space = get_space_for(actor, slug) if slug else None
    permissions.can_choose_several(actor, space).require()
    form = ChoosingForm(request.POST or None, spaces=list_spaces(actor))
    if "undo" in request.POST:
        told = actions.undo_together(actor=actor, steps=read_undo(actor, request.POST["undo"]))
        _say(
            request,
            told,
            ngettext("Taken back for %(n)d thread.", "Taken back for %(n)d threads.", len(told.done)),
        )
        return SeeOther(_address(request))
    if request.method == "POST" and form.is_valid():
        try:
            told = _act(request, actor, form)
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            _say(
                request, told, ngettext("Done with %(n)d thread.", "Done with %(n)d threads.", len(told.done))
            )
            return SeeOther(_address(request, undo=offer_undo(actor, told.undo)))
    return _page(request, actor, space, form)


def _act(request: HttpRequest, actor: Member, form: ChoosingForm) -> actions.Told:
    chosen = queries.threads_among(actor, _chosen(request))
    return actions.act_on_threads(
        actor=actor, threads=chosen, act=request.POST.get("act", ""), **form.cleaned_data
    )


def _chosen(request: HttpRequest) -> list[int]:
    numbers = (number_in(value) for value in request.POST.getlist("thread")[:1000])
    return [number for number in numbers if number is not None]


def _page(request: HttpRequest, actor: Member, space: Space | None, form: ChoosingForm) -> HttpResponse:
    after = queries.read_cursor(request.GET.get("after", ""))
    order, tag = _order(request), one_line(request.GET.get("tag", ""))[:40]
    listed = queries.list_threads(
        actor, order=order, space_id=space.pk if space else None, tag=tag, after=after
    )
    undo = request.GET.get("undo", "")
    context = {
        "space": space,
        "tag": tag,
        "rows": listed.threads,
        "chosen": set(_chosen(request)),
        "form": form,
        "sorts": _sorts(request, order),
        "here": _address(request),
        "older": _address(request, after=str(listed.after)) if listed.after is not None else "",
        "undo": undo if undo and is_offered(actor, undo) else "",
    }
    return render(request, "community/threads/choose.html", context, status=422 if form.errors else 200)


def _order(request: HttpRequest) -> Order:
    wanted = request.GET.get("view", "")
    return Order(wanted) if wanted in SORTS else Order.LATEST


def _sorts(request: HttpRequest, order: Order) -> list[tuple[str, str, bool]]:
    words = {Order.LATEST: _("Latest"), Order.NEWEST: _("Newest"), Order.UNANSWERED: _("Unanswered")}
    return [
        (word, _address(request, view=str(sort), after=""), sort is order) for sort, word in words.items()
    ]


def _address(request: HttpRequest, **other: str) -> str:
    """Return the address of this list, with something else in it; what can be taken back stands there only once."""
    query = {name: request.GET.get(name, "") for name in ("space", "tag", "view", "after")} | other
    text = urlencode({name: value for name, value in query.items() if value})
    return f"{PATH}?{text}" if text else PATH


def _say(request: HttpRequest, told: actions.Told, done: str) -> None:
    """Say how many were changed, and of those that were not by name why."""
    if told.done:
        messages.success(request, done % {"n": len(told.done)})
    if told.unchanged:
        same = ngettext("%(n)d thread was so already.", "%(n)d threads were so already.", len(told.unchanged))
        messages.info(request, same % {"n": len(told.unchanged)})
    for reason, titles in _by_reason(told.refused).items():
        names = _("”, “").join(titles)
        messages.warning(
            request, _("Not done: “%(titles)s”. %(reason)s") % {"titles": names, "reason": reason}
        )


def _by_reason(refused: list[tuple[Thread, str]]) -> dict[str, list[str]]:
    reasons: dict[str, list[Any]] = {}
    for thread, reason in refused:
        reasons.setdefault(reason, []).append(thread.title)
    return reasons
