"""Pages that are lists of threads: the directory of spaces, a space, a tag, one's bookmarks."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow, viewer_of
from community.errors import NotFound
from community.members.models import Member
from community.panels import panels_for
from community.spaces.asking.answers import PREFIX, wanted
from community.spaces.asking.queries import fields_of
from community.spaces.attention import attend_to_tag
from community.spaces.audiences import words_for
from community.spaces.levels import said
from community.spaces.models import GATHERED, Kind, Posting, Space, SpaceField
from community.spaces.permissions import can_start_thread
from community.threads import queries
from community.threads.drawing import ListDrawing
from community.threads.queries import Cursor, Order, SpacePlace, ThreadList
from community.threads.queries.days import by_day
from community.threads.queries.tags import tags_for
from community.web import done, guest_cacheable, is_fragment, say
from community.writing.lines import one_line

SORTS = (Order.LATEST, Order.TOP, Order.UNANSWERED)


@allow(Who.GUEST, "GET")
@guest_cacheable
def directory(request: HttpRequest) -> HttpResponse:
    """Show every space the viewer may read."""
    viewer = viewer_of(request)
    context = {
        "spaces": queries.nested(queries.space_cards(viewer)),
        "doors": queries.list_doors(viewer) if viewer is not None else [],
    }
    return render(request, "community/spaces/directory.html", context)


@allow(Who.GUEST, "GET")
@guest_cacheable
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the threads of a space."""
    viewer = viewer_of(request)
    try:
        place = queries.space_place(viewer, slug)
    except NotFound:
        return _at_the_door(request, viewer, slug)
    after = queries.read_cursor(request.GET.get("after", ""))
    context = _space_context(request, viewer, place, after)
    if is_fragment(request) and after is not None:
        part = "spaces/_cards.html" if place.kind == Kind.SHOWCASE else "threads/_rows.html"
        return render(request, f"community/{part}", context)
    context["may_begin"] = viewer is not None and not place.is_archived and _begins(viewer, place)
    context["panels"] = panels_for("space", request, place)
    return render(request, "community/spaces/space.html", context)


def _space_context(
    request: HttpRequest, viewer: Member | None, place: SpacePlace, after: Cursor | None
) -> dict[str, Any]:
    order = _order(request, Order.TOP if place.kind == Kind.IDEA else Order.LATEST)
    alone = request.GET.get("view") == "own"
    below = [] if alone else [one.pk for one in place.below]
    tag = one_line(request.GET.get("tag", ""))[:40]
    filters = _filters(place)
    details = wanted(filters, _answers(request))
    listed = queries.list_threads(
        viewer, order=order, space_id=place.pk, below=below, tag=tag, details=details, after=after
    )
    shows = place.kind == Kind.SHOWCASE
    return {
        "place": place,
        "order": order,
        "tag": tag,
        "here": "" if below else "space",
        "alone": alone,
        "filters": filters,
        "wanted": _answers(request) if details else {},
        "sorts": _sorts(place, order, tag, "own" if alone else ""),
        "pictures": queries.first_pictures([row.pk for row in listed.threads]) if shows else {},
        **listed_context(request, listed, after),
    }


def _filters(place: SpacePlace) -> list[SpaceField]:
    """Return the fields by which the threads of a space are narrowed: no statement where it asks nothing."""
    fields = fields_of(place.pk) if place.asks else []
    return [field for field in fields if field.has_options and not field.for_team]


def _answers(request: HttpRequest) -> dict[str, str]:
    asked = ((name, str(value)) for name, value in request.GET.items() if name.startswith(PREFIX))
    return {name.removeprefix(PREFIX): value for name, value in asked}


def _at_the_door(request: HttpRequest, viewer: Member | None, slug: str) -> HttpResponse:
    """Say who gets into a private space whose name members see; any other is as good as absent."""
    doors = queries.list_doors(viewer, slug) if viewer is not None else []
    if not doors:
        raise NotFound()
    public = [key for key in doors[0].see_for if not key.startswith("group:")]
    context = {"door": doors[0], "let_in": words_for(public), "panels": panels_for("door", request, doors[0])}
    return render(request, "community/spaces/closed.html", context, status=403)


def _order(request: HttpRequest, usual: Order) -> Order:
    wanted = request.GET.get("sort", usual)
    return Order(wanted) if wanted in SORTS else usual


def _begins(viewer: Member, place: SpacePlace) -> bool:
    if place.posting == Posting.EVERYONE:
        return True
    return bool(
        can_start_thread(viewer, Space(pk=place.pk, posting=place.posting, create_for=place.create_for))
    )


def _sorts(place: SpacePlace, order: Order, tag: str, view: str) -> list[tuple[str, str, bool]]:
    words = {Order.LATEST: _("Latest"), Order.TOP: _("Most thanked"), Order.UNANSWERED: _("Unanswered")}
    path, usual = place.get_absolute_url(), Order.LATEST
    if place.kind == Kind.IDEA:
        words, usual = {Order.TOP: _("Most thanked"), Order.LATEST: _("Latest")}, Order.TOP
    elif place.kind in GATHERED:
        del words[Order.UNANSWERED]
    sorts = []
    for sort, word in words.items():
        query = {"sort": str(sort) if sort is not usual else "", "tag": tag, "view": view}
        text = urlencode({name: value for name, value in query.items() if value})
        sorts.append((word, f"{path}?{text}" if text else path, sort is order))
    return sorts


@allow(Who.GUEST, "GET")
@guest_cacheable
def tagged(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the threads with a tag, from every space the viewer may read."""
    viewer = viewer_of(request)
    after = queries.read_cursor(request.GET.get("after", ""))
    listed = queries.list_threads(viewer, tag=one_line(slug)[:40], after=after)
    if not listed.threads and after is None:
        return _meant(viewer, one_line(slug)[:40])
    context = {"tag": slug, **listed_context(request, listed, after)}
    part = "_rows.html" if is_fragment(request) and after is not None else "tag.html"
    if viewer is not None and part == "tag.html":
        context["level"] = queries.level_of_tag(viewer, one_line(slug)[:40])
    return render(request, f"community/threads/{part}", context)


def _meant(viewer: Member | None, slug: str) -> HttpResponse:
    """Lead from a synonym or a merged tag to the tag it stands for, if the viewer may know of that."""
    tag = tags_for(viewer).filter(synonyms__slug=slug).first()
    if tag is None:
        raise NotFound()
    return HttpResponsePermanentRedirect(f"/tags/{tag.slug}/")


@allow(Who.MEMBER, "POST")
def attend_to_tagged(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose how closely to attend to a tag. One that stands on nothing the member may read is as good as absent."""
    actor = actor_of(request)
    tag = tags_for(actor).filter(slug=one_line(slug)[:40]).first()
    if tag is None:
        raise NotFound()
    level = request.POST.get("level", "")
    attend_to_tag(actor=actor, tag=tag, level=level)
    if not is_fragment(request):
        return done(request, f"/tags/{tag.slug}/", said(level, of_thread=False))
    return say(
        render(request, "community/threads/_tag_level.html", {"tag": tag.slug, "level": level}),
        said(level, of_thread=False),
    )


@allow(Who.MEMBER, "GET")
def bookmarks(request: HttpRequest) -> HttpResponse:
    """Show the posts a member keeps, the last kept first."""
    actor = actor_of(request)
    after = queries.read_cursor(request.GET.get("after", ""))
    page = queries.list_bookmarks(actor, after)
    return render(request, "community/threads/bookmarks.html", {"page": page})


def listed_context(request: HttpRequest, listed: ThreadList, after: Cursor | None) -> dict[str, Any]:
    """Return what the template of a list needs: rows under their days, and where it goes on."""
    query = request.GET.copy()
    query.pop("after", None)
    if listed.after is not None:
        query["after"] = str(listed.after)
    return {
        "listed": listed,
        "days": by_day(listed, after),
        "draw_row": ListDrawing().row,
        "older": f"{request.path}?{query.urlencode()}" if listed.after is not None else "",
    }
