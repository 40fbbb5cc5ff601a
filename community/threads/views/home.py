"""The home: what concerns a member, and every other way to look at the threads."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow, viewer_of
from community.errors import NotFound
from community.members.models import Member
from community.panels import panels_for
from community.threads import actions, limits, queries
from community.threads.drawing import ListDrawing
from community.threads.models import Ranking
from community.threads.queries import Cursor, Lane, Order, ThreadList
from community.threads.queries.concern import EVERYTHING
from community.threads.views.lists import listed_context
from community.today import suggestions_for
from community.web import SeeOther, guest_cacheable, is_fragment

Find = Callable[[Member, Cursor | None], ThreadList]
RANKED = "top"


class View(NamedTuple):
    """One way to look at the threads. `tab` is the tab it stands under."""

    tab: str
    find: Find


def _ordered(order: Order) -> Find:
    return lambda viewer, after: queries.list_threads(viewer, order=order, after=after)


VIEWS: dict[str, View] = {
    "foryou": View("foryou", queries.list_for_member),
    "new": View("new", queries.list_new),
    "unread": View("unread", queries.list_unread),
    "latest": View("latest", _ordered(Order.LATEST)),
    "newest": View("latest", _ordered(Order.NEWEST)),
    "unanswered": View("unanswered", _ordered(Order.UNANSWERED)),
    "following": View("yours", queries.list_following),
    "mine": View("yours", queries.list_mine),
}
FOR_GUESTS = {"latest": Order.LATEST, "newest": Order.NEWEST, "unanswered": Order.UNANSWERED}


@allow(Who.GUEST, "GET")
@guest_cacheable
def home(request: HttpRequest) -> HttpResponse:
    """Show a member what concerns them, and a guest what the community is good for."""
    viewer = viewer_of(request)
    view = request.GET.get("view", "")
    after = queries.read_cursor(request.GET.get("after", ""))
    if viewer is None and not view:
        return _landing(request)
    ranking = _ranking(request) if view == RANKED else ""
    lane = _lane(request) if view == "unanswered" else Lane.ALL
    context = {
        "view": view or "foryou",
        "ranking": ranking,
        **_found(request, viewer, view, ranking, lane, after),
    }
    if is_fragment(request) and after is not None:
        return render(request, "community/threads/_rows.html", context)
    context |= {
        "seg": _lanes(lane) if view == "unanswered" else _under(view, ranking),
        "new_days": limits.NEW_FOR(),
    }
    if viewer is None:
        return render(request, "community/threads/browse.html", context)
    context["tab"] = VIEWS[view or "foryou"].tab if view != RANKED else RANKED
    if after is None and not view:
        context["hello"] = panels_for("hello", request)
        context["on_top"] = panels_for("home_top", request)
        context["suggestions"] = suggestions_for(viewer) if not context["hello"] else []
    context["greeting"] = _greeting(viewer)
    context["everything"] = any(EVERYTHING in row.why for row in context["listed"].threads)
    return render(request, "community/threads/home.html", context)


def _found(
    request: HttpRequest, viewer: Member | None, view: str, ranking: str, lane: Lane, after: Cursor | None
) -> dict[str, Any]:
    if ranking:
        listed = queries.list_ranked(viewer, ranking, after)
    elif view == "unanswered":
        listed = queries.list_threads(viewer, order=Order.UNANSWERED, lane=lane, after=after)
    elif viewer is not None and (view or "foryou") in VIEWS:
        listed = VIEWS[view or "foryou"].find(viewer, after)
    elif viewer is None and view in FOR_GUESTS:
        listed = queries.list_threads(None, order=FOR_GUESTS[view], after=after)
    else:
        raise NotFound()
    return listed_context(request, listed, after)


def _ranking(request: HttpRequest) -> str:
    wanted = request.GET.get("by", Ranking.WEEK)
    if wanted not in Ranking.values:
        raise NotFound()
    return wanted


def _lane(request: HttpRequest) -> Lane:
    wanted = request.GET.get("age", "")
    if wanted not in [lane.value for lane in Lane]:
        raise NotFound()
    return Lane(wanted)


def _lanes(chosen: Lane) -> list[tuple[str, str, bool]]:
    """Return the lanes of what is unanswered."""
    words = {
        Lane.ALL: _("All"),
        Lane.TODAY: _("Today"),
        Lane.WEEK: _("This week"),
        Lane.OLDER: _("Older"),
        Lane.MISSING: _("Needs information"),
    }
    path = "/?view=unanswered"
    return [(word, f"{path}&age={lane}" if lane else path, lane is chosen) for lane, word in words.items()]


def _under(view: str, ranking: str) -> list[tuple[str, str, bool]]:
    """Return the smaller choices under a tab."""
    if ranking:
        return [(str(by.label), f"/?view=top&by={by.value}", by == ranking) for by in Ranking]
    words = {
        "latest": {"latest": _("Last reply"), "newest": _("Begun")},
        "yours": {"following": _("Followed"), "mine": _("Written")},
    }
    tab = VIEWS[view].tab if view in VIEWS else ""
    choices = [(word, f"/?view={name}", name == view) for name, word in words.get(tab, {}).items()]
    return [*choices, (_("What became of it"), reverse("outcome_list"), False)] if tab == "yours" else choices


@allow(Who.MEMBER, "GET")
def panels(request: HttpRequest) -> HttpResponse:
    """Send what upper features show beside the feed, and how much waits: heavier than the feed, so fetched after it."""
    actor = actor_of(request)
    context = {"panels": panels_for("home", request), "waiting": queries.count_waiting(actor)}
    part = "_home_panels.html" if is_fragment(request) else "home_panels.html"
    return render(request, f"community/threads/{part}", context)


@allow(Who.MEMBER, "POST")
def aside(request: HttpRequest) -> HttpResponse:
    """Set all that is new or unread aside, or take that back when `back` is sent."""
    actor = actor_of(request)
    what = request.POST.get("what", "")
    back = "back" in request.POST
    (actions.bring_back if back else actions.set_aside)(actor=actor, what=what)
    return SeeOther(f"/?view={what}" if back else f"/?view={what}&aside=1")


def _greeting(viewer: Member) -> str:
    hour = timezone.localtime().hour
    words = {"name": viewer.get_short_name()}
    if 5 <= hour < 12:
        return _("Good morning, %(name)s") % words
    return (_("Hello, %(name)s") if 12 <= hour < 18 else _("Good evening, %(name)s")) % words


def _landing(request: HttpRequest) -> HttpResponse:
    context = {
        "solved": queries.list_threads(None, order=Order.SOLVED).threads[:5],
        "spaces": queries.space_cards(None)[:6],
        "draw_row": ListDrawing().row,
    }
    return render(request, "community/threads/landing.html", context)
