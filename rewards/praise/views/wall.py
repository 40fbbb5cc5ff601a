"""The wall of thanks, one of them, and the feed for machines."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from community.access import Who, allow, viewer_of
from community.errors import NotFound
from community.members.models import Member
from community.members.queries import get_member_for
from community.web import guest_cacheable
from rewards.praise.models import State
from rewards.praise.permissions import can_moderate_praise, can_report_praise, can_shout
from rewards.praise.queries import Wall, get_praise_for, lines_of, pinned_shouts, read_wall

ATOM = "application/atom+xml; charset=utf-8"


@allow(Who.GUEST, "GET")
@guest_cacheable
def thanks(request: HttpRequest) -> HttpResponse:
    """Who thanked whom lately, with what is pinned on top; of one person or for one reason, if asked."""
    viewer = viewer_of(request)
    person = _person(viewer, request.GET.get("person", ""))
    kind, after = request.GET.get("kind", "")[:30], request.GET.get("after", "")[:60]
    wall = read_wall(viewer, person=person, kind=kind, after=after)
    is_first = not after and person is None and not kind
    context = {
        "wall": wall,
        "shouts": pinned_shouts(viewer) if is_first else [],
        "picks": _picks(wall),
        "next": _address(wall, after=wall.after) if wall.after else "",
        "can_shout": viewer is not None and bool(can_shout(viewer)),
    }
    return render(request, "rewards/praise/wall.html", context)


@allow(Who.GUEST, "GET")
@guest_cacheable
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, with what its reader may do about it."""
    viewer = viewer_of(request)
    praise = get_praise_for(viewer, pk)
    context = {
        "line": lines_of(viewer, [praise])[0],
        "state": praise.state,
        "is_shown": praise.state == State.VISIBLE,
        "can_report": viewer is not None and bool(can_report_praise(viewer, praise)),
        "can_moderate": viewer is not None and bool(can_moderate_praise(viewer, praise)),
    }
    return render(request, "rewards/praise/one.html", context)


@allow(Who.GUEST, "GET")
@guest_cacheable
def feed(request: HttpRequest) -> HttpResponse:
    """Send the newest thanks that anyone may read as Atom, whoever asks."""
    lines = read_wall(None).lines
    context = {
        "lines": lines,
        "home": request.build_absolute_uri("/").rstrip("/"),
        "here": request.build_absolute_uri(),
        "updated": max((line.given_at for line in lines), default=None),
    }
    return render(request, "rewards/praise/feed.xml", context, content_type=ATOM)


def _person(viewer: Member | None, handle: str) -> Member | None:
    if not handle:
        return None
    try:
        return get_member_for(viewer, handle.lstrip("@")[:30])
    except NotFound:
        # An address that was typed wrongly shows everything rather than an empty page.
        return None


def _picks(wall: Wall) -> list[tuple[str, str, bool]]:
    everything = (_("All"), _address(wall, kind=""), not wall.kind)
    return [everything, *((name, _address(wall, kind=key), wall.kind == key) for key, name in wall.kinds)]


def _address(wall: Wall, *, kind: str | None = None, after: str = "") -> str:
    asked = {
        "person": wall.person.handle if wall.person else "",
        "kind": wall.kind if kind is None else kind,
        "after": after,
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("praise_wall") + (f"?{query}" if query else "")
