"""Follows, ignoring, and the card of a member."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow, viewer_of
from community.members.doings import list_doings
from community.members.profiles import actions, queries
from community.members.queries import get_member_for, get_profile_for
from community.panels import panels_for
from community.web import back_or, done, is_fragment


@allow(Who.GUEST, "GET")
def follows(request: HttpRequest, handle: str, side: str) -> HttpResponse:
    """Those who follow a member, or whom they follow."""
    page = queries.list_follows(viewer_of(request), handle, side, after=request.GET.get("after", "")[:20])
    return render(request, "community/members/follows.html", {"page": page})


@allow(Who.GUEST, "GET")
def activity(request: HttpRequest, handle: str) -> HttpResponse:
    """What a member did, all of it or one kind: `show` says which."""
    asked = request.GET
    page = list_doings(
        viewer_of(request), handle, show=asked.get("show", "")[:20], after=asked.get("after", "")[:40]
    )
    return render(request, "community/members/activity.html", {"page": page})


@allow(Who.GUEST, "GET")
def card(request: HttpRequest, handle: str) -> HttpResponse:
    """A member in short: shown beside their name while the pointer rests on it, and a page of its own."""
    page = get_profile_for(viewer_of(request), handle, card=True)
    parts = panels_for("card", request, page.member) if page.is_open else []
    part = "_card.html" if is_fragment(request) else "card.html"
    response = render(request, f"community/members/{part}", {"page": page, "parts": parts})
    if is_fragment(request):
        # The pointer passes the same name many times on a page.
        response["Cache-Control"] = "private, max-age=60"
    return response


@allow(Who.MEMBER, "POST")
def ignore(request: HttpRequest, handle: str) -> HttpResponse:
    """Ignore a member for as many days as `for` says, or for `good`; nothing there means: read them again."""
    actor = actor_of(request)
    member = get_member_for(actor, handle)
    period = request.POST.get("for", "")
    if not period:
        actions.unignore_member(actor=actor, member=member)
        said = _("You read %(name)s again.") % {"name": member.name}
    else:
        days = None if period == "good" else int(period) if period.isdecimal() and len(period) < 5 else 0
        actions.ignore_member(actor=actor, member=member, days=days)
        said = _("Posts of %(name)s are folded for you now. They are not told.") % {"name": member.name}
    return done(request, back_or(request, member.get_absolute_url()), said)
