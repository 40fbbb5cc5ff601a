"""A newcomer's first steps."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from engagement.journeys import actions
from engagement.journeys.queries import first_steps


@allow(Who.MEMBER, "GET")
def welcome(request: HttpRequest) -> HttpResponse:
    """Show the first steps and what of them is done."""
    return render(request, "engagement/journeys/welcome.html", {"page": first_steps(actor_of(request))})


@allow(Who.MEMBER, "POST")
def dismiss(request: HttpRequest) -> HttpResponse:
    """Put the first steps away for good."""
    actions.dismiss_first_steps(actor=actor_of(request))
    messages.success(request, _("Put away. You find it again at /welcome/."))
    return HttpResponseRedirect(reverse("home"))


@allow(Who.MEMBER, "POST")
def later(request: HttpRequest) -> HttpResponse:
    """Let the first steps rest for some days."""
    actions.put_first_steps_off(actor=actor_of(request))
    messages.success(request, _("They come back in a few days. Until then you find them at /welcome/."))
    return HttpResponseRedirect(reverse("home"))
