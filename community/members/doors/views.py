"""Waiting for a yes, and signing single browsers out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.members.doors import actions
from community.web import done


@allow(Who.GUEST, "GET")
def waiting(request: HttpRequest) -> HttpResponse:
    """Say that a wish to join waits, or was answered: the same page for everyone, because it knows nobody."""
    return render(request, "community/members/waiting.html")


@allow(Who.MEMBER, "POST")
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one of the member's browsers out."""
    actions.end_session(actor=actor_of(request), pk=pk)
    return done(request, reverse("usersessions_list"), _("That device is signed out."))


@allow(Who.MEMBER, "POST")
def end_everywhere(request: HttpRequest) -> HttpResponse:
    """Sign the member out everywhere, here too."""
    actions.end_other_sessions(actor=actor_of(request))
    return done(request, reverse("account_login"), _("You are signed out everywhere."))
