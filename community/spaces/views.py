"""The browser's way to follow a space."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.spaces.attention import attend_to_space, follow_space, unfollow_space
from community.spaces.levels import said
from community.spaces.queries import get_space_for
from community.web import back_or, done, is_fragment, say


@allow(Who.MEMBER, "POST")
def follow(request: HttpRequest, slug: str, on: bool) -> HttpResponse:
    """Follow a space, or stop."""
    actor = actor_of(request)
    space = get_space_for(actor, slug)
    (follow_space if on else unfollow_space)(actor=actor, space=space)
    sentence = _("You follow %(space)s.") if on else _("You no longer follow %(space)s.")
    sentence %= {"space": space.name}
    if not is_fragment(request):
        return done(request, back_or(request, space.get_absolute_url()), sentence)
    return say(render(request, "community/spaces/_follow.html", {"space": space, "on": on}), sentence)


@allow(Who.MEMBER, "POST")
def attend(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose how closely to attend to a space."""
    actor = actor_of(request)
    space = get_space_for(actor, slug)
    level = request.POST.get("level", "")
    attend_to_space(actor=actor, space=space, level=level)
    sentence = said(level, of_thread=False)
    if not is_fragment(request):
        return done(request, back_or(request, space.get_absolute_url()), sentence)
    return say(render(request, "community/spaces/_level.html", {"space": space, "level": level}), sentence)
