"""Choosing a title on the page of the profile settings."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.members.titles.actions import choose_title
from community.web import done


@allow(Who.MEMBER, "POST")
def choose(request: HttpRequest) -> HttpResponse:
    """Show a title beside the name, or none."""
    actor = actor_of(request)
    choose_title(actor=actor, member=actor, key=request.POST.get("title", "")[:40])
    return done(request, "/me/settings/profile/", _("Saved."))
