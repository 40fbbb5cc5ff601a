"""Pages that are lists of threads: home, the directory of spaces, a space, a tag, one's bookmarks."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow, viewer_of
from community.errors import NotFound
from community.members.models import Member
from community.panels import panels_for
from community.spaces.models import Posting
from community.threads import queries
from community.threads.drawing import ListDrawing
from community.threads.queries import Cursor, Order, ThreadList
from community.threads.queries.days import by_day
from community.web import guest_cacheable, is_fragment
from community.writing.lines import one_line

SORTS = (Order.LATEST, Order.TOP, Order.UNANSWERED)


@allow(Who.GUEST, "GET")
@guest_cacheable
def home(request: HttpRequest) -> HttpResponse:
    """Show a member what concerns them, and a guest what the community is good for."""
    viewer = viewer_of(request)
    return _member_home(request, viewer) if viewer is not None else _landing(request)


def _member_home(request: HttpRequest, viewer: Member) -> HttpResponse:
    view = request.GET.get("view", "foryou")
    after = queries.read_cursor(request.GET.get("after", ""))
    feeds = {
        "foryou": lambda: queries.list_for_member(viewer, after),
        "newest": lambda: queries.list_threads(viewer, order=Order.NEWEST, after=after),
        "unanswered": lambda: queries.list_threads(viewer, order=Order.UNANSWERED, after=after),
        "following": lambda: queries.list_following(viewer, after),
    }
    if view not in feeds:
        raise NotFound()
    context = {"view": view, **_listed(request, feeds[view](), after)}
    if is_fragment(request) and after is not None:
        return render(request, "community/threads/_rows.html", context)
    context["nudges"] = queries.three_for(viewer) if after is None else []
    context["greeting"] = _greeting(viewer)
    return render(request, "community/threads/home.html", context)


@allow(Who.MEMBER, "GET")
def home_panels(request: HttpRequest) -> HttpResponse:
    """Send what upper features show beside the feed: fetched after it, because it is heavier than the feed itself."""
    part = "_home_panels.html" if is_fragment(request) else "home_panels.html"
    return render(request, f"community/threads/{part}", {"panels": panels_for("home", request)})


def _greeting(viewer: Member) -> str:
    hour = timezone.localtime().hour
    words = {"name": viewer.get_short_name()}
    if 5 <= hour < 12:
        return _("Good morning, %(name)s") % words
    return (_("Hello, %(name)s") if 12 <= hour < 18 else _("Good evening, %(name)s")) % words


def _landing(request: HttpRequest) -> HttpResponse:
    if request.GET.get("view") == "newest":
        after = queries.read_cursor(request.GET.get("after", ""))
        listed = queries.list_threads(None, order=Order.NEWEST, after=after)
        return render(request, "community/threads/newest.html", _listed(request, listed, after))
    context = {
        "solved": queries.list_threads(None, order=Order.SOLVED).threads[:5],
        "spaces": queries.space_cards(None)[:6],
        "draw_row": ListDrawing().row,
    }
    return render(request, "community/threads/landing.html", context)


@allow(Who.GUEST, "GET")
@guest_cacheable
def directory(request: HttpRequest) -> HttpResponse:
    """Show every space the viewer may read."""
    context = {"spaces": queries.space_cards(viewer_of(request))}
    return render(request, "community/spaces/directory.html", context)


@allow(Who.GUEST, "GET")
@guest_cacheable
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the threads of a space."""
    viewer = viewer_of(request)
    place = queries.space_place(viewer, slug)
    order = _order(request)
    tag = one_line(request.GET.get("tag", ""))[:40]
    after = queries.read_cursor(request.GET.get("after", ""))
    listed = queries.list_threads(viewer, order=order, space_id=place.pk, tag=tag, after=after)
    context = {"place": place, "order": order, "tag": tag, **_listed(request, listed, after)}
    if is_fragment(request) and after is not None:
        return render(request, "community/threads/_rows.html", context)
    context["may_begin"] = viewer is not None and not place.is_archived and _begins(viewer, place.posting)
    context["sorts"] = _sorts(place.get_absolute_url(), order, tag)
    return render(request, "community/spaces/space.html", context)


def _order(request: HttpRequest) -> Order:
    wanted = request.GET.get("sort", Order.LATEST)
    return Order(wanted) if wanted in SORTS else Order.LATEST


def _begins(viewer: Member, posting: str) -> bool:
    return posting != Posting.STAFF or viewer.is_at_least("moderator")


def _sorts(path: str, order: Order, tag: str) -> list[tuple[str, str, bool]]:
    words = {Order.LATEST: _("Latest"), Order.TOP: _("Most thanked"), Order.UNANSWERED: _("Unanswered")}
    sorts = []
    for sort, word in words.items():
        query = {"sort": str(sort) if sort is not Order.LATEST else "", "tag": tag}
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
        raise NotFound()
    context = {"tag": slug, **_listed(request, listed, after)}
    part = "_rows.html" if is_fragment(request) and after is not None else "tag.html"
    return render(request, f"community/threads/{part}", context)


@allow(Who.MEMBER, "GET")
def bookmarks(request: HttpRequest) -> HttpResponse:
    """Show the posts a member keeps, the last kept first."""
    actor = actor_of(request)
    after = queries.read_cursor(request.GET.get("after", ""))
    page = queries.list_bookmarks(actor, after)
    return render(request, "community/threads/bookmarks.html", {"page": page})


def _listed(request: HttpRequest, listed: ThreadList, after: Cursor | None) -> dict[str, Any]:
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
