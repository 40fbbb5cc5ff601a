"""Pages about trust: one's own standing, and how trust grows here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.access import Who, actor_of, allow
from community.members.trust import queries


@allow(Who.GUEST, "GET")
def levels(request: HttpRequest) -> HttpResponse:
    """How trust grows here: every level, its marks and what it opens, in force now."""
    return render(request, "community/members/trust_levels.html", {"page": queries.list_levels()})


@allow(Who.MEMBER, "GET")
def mine(request: HttpRequest) -> HttpResponse:
    """One's own level, the next step and the exact gap."""
    return render(request, "community/members/trust.html", {"page": queries.trust_of(actor_of(request))})
