"""Reading the versions of the terms, and agreeing to new ones."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.brand.text import to_html
from community.digits import number_in
from community.errors import Conflict
from community.members.terms import memory, queries
from community.members.terms.actions import accept_terms
from community.web import SeeOther, if_ours

LATER = "terms_later"


@allow(Who.GUEST, "GET")
def version(request: HttpRequest, document: str, number: int) -> HttpResponse:
    """One version of a document, for whoever wants to read what was agreed to."""
    row = queries.get_version(document, number)
    return render(request, "community/members/terms_version.html", {"row": row, "body": to_html(row.body_md)})


@allow(Who.MEMBER, "GET", "POST")
def agree(request: HttpRequest) -> HttpResponse:
    """Say what is new, and ask. Whoever would rather read first may, and cannot write until then."""
    actor, onward = actor_of(request), _onward(request)
    if request.method == "POST" and request.POST.get("later"):
        response = SeeOther(onward)
        response.set_cookie(
            LATER,
            str(memory.current_round()),
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response
    if request.method == "POST":
        typed = number_in(request.POST.get("round"))
        try:
            accept_terms(actor=actor, source="page", round=-1 if typed is None else typed)
        except Conflict as error:
            messages.warning(request, error.message)
            return _page(request, actor, onward, 409)
        messages.success(request, _("Noted, thank you."))
        return SeeOther(onward)
    return _page(request, actor, onward, 200)


def _page(request: HttpRequest, actor: Any, onward: str, status: int) -> HttpResponse:
    context = {"news": queries.new_to(actor), "onward": onward, "round": memory.current_round()}
    return render(request, "community/members/terms_agree.html", context, status=status)


def _onward(request: HttpRequest) -> str:
    return if_ours(request, request.POST.get("next", "") or request.GET.get("next", "")) or "/"
