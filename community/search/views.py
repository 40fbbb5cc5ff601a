"""The browser's way to search."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow, viewer_of
from community.addresses import network_of
from community.members.models import Member
from community.search import actions, limits, queries
from community.search.drawing import HitDrawing, search_help
from community.search.forms import Question, clean_text, composed, filter_fields, read_question
from community.search.language import Reading, read
from community.search.queries import Found
from community.spaces.queries import get_space_for, space_names
from community.web import done, is_fragment

_PAGE = "community/search/index.html"


@allow(Who.GUEST, "GET")
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, or how to look."""
    asked = read_question(request.GET)
    viewer = viewer_of(request)
    instead = composed(request.GET)
    if instead is not None:
        if request.GET.get("space") and "compose" not in request.GET:
            get_space_for(viewer, request.GET["space"].replace("\x00", "")[:50])
        return HttpResponseRedirect(f"/search/{Question(instead, asked.type).address()}")
    context: dict[str, Any] = {
        "asked": asked,
        "words": asked.text,
        "found": None,
        "people": None,
        "help": search_help,
    }
    if not asked.text:
        return render(request, _PAGE, {**context, "recent": queries.recent_searches(viewer)})
    limits.spend(limits.SEARCH, viewer, network_of(request))
    if asked.type == "people":
        return render(
            request, _PAGE, {**context, "people": queries.search_members(asked.text, viewer=viewer)}
        )
    reading = read(asked.text)
    found = queries.search_threads(viewer, asked.text, after=asked.after)
    context |= {
        "found": found,
        "words": reading.words or asked.text,
        "near": _near(viewer, reading, found, asked.after),
        "few": 0 < found.total < queries.FEW
        and not asked.after
        and not found.mended
        and found.thread is None,
        "statuses": status_choices(asked, reading),
        "orders": order_choices(asked, reading, found),
        "draw_hit": HitDrawing(within=found.thread is not None).hit,
        "remember": viewer is not None and not asked.after,
    }
    return render(request, _PAGE, context)


def _near(viewer: Member | None, reading: Reading, found: Found, after: str) -> list[queries.Suggestion]:
    """Titles that come near, when there is nothing to show."""
    if found.total or after or found.thread is not None or reading.filters:
        return []
    return queries.near_titles(viewer, reading, [])


@allow(Who.GUEST, "GET")
def near(request: HttpRequest) -> HttpResponse:
    """Offer what may have been meant, when hardly anything was found."""
    asked = read_question(request.GET)
    viewer = viewer_of(request)
    limits.spend(limits.SUGGEST, viewer, network_of(request))
    page = "community/search/_near.html" if is_fragment(request) else "community/search/near.html"
    return render(request, page, {"asked": asked, "near": queries.near(viewer, asked.text)})


def status_choices(asked: Question, reading: Reading) -> list[tuple[str, str, bool]]:
    """Return the filters by state as words, addresses and which is chosen."""
    chosen = next((term.value for term in reading.terms if term.name == "status"), "")
    words = (
        ("", _("All")),
        ("solved", _("Answered")),
        ("unsolved", _("Not answered yet")),
        ("unanswered", _("No reply yet")),
    )
    return [
        (word, asked.address(q=reading.choosing("status", value)), chosen == value) for value, word in words
    ]


def order_choices(asked: Question, reading: Reading, found: Found) -> list[tuple[str, str, bool]]:
    """Return the orders of results in the same way."""
    first = _("In their order") if found.thread is not None else _("Best match")
    words = [("", first), ("latest", _("Newest"))]
    if found.thread is None:
        words.append(("likes", _("Most appreciated")))
    return [
        (word, asked.address(q=reading.choosing("order", value)), found.order == value)
        for value, word in words
    ]


@allow(Who.GUEST, "GET")
def filters(request: HttpRequest) -> HttpResponse:
    """Show the form that writes filters for those who would rather choose than type."""
    asked = read_question(request.GET)
    viewer = viewer_of(request)
    reading = read(asked.text)
    fields = filter_fields(reading)
    context = {
        "asked": asked,
        "fields": fields,
        "spaces": space_names(viewer),
        "choices": {
            name: [(value, queries.choice_label(name, value)) for value in values]
            for name, values in _CHOICES.items()
        },
        "is_member": viewer is not None,
        "help": search_help,
    }
    page = "community/search/_filters.html" if is_fragment(request) else "community/search/filters.html"
    return render(request, page, context)


_CHOICES = {
    "kind": ("question", "discussion"),
    "status": ("solved", "unsolved", "unanswered", "open", "closed"),
    "in": ("title", "mine", "bookmarks"),
    "order": ("latest", "oldest", "likes"),
}


@allow(Who.GUEST, "GET")
def suggest(request: HttpRequest) -> HttpResponse:
    """Offer threads, people, spaces and tags while one types; before that, what one looked for lately."""
    asked = read_question(request.GET)
    viewer = viewer_of(request)
    context: dict[str, Any] = {"asked": asked, "recent": [], "offers": queries.NOTHING, "thread": ""}
    if not asked.text:
        context["recent"] = queries.recent_searches(viewer)
    else:
        limits.spend(limits.SUGGEST, viewer, network_of(request))
        thread = request.GET.get("thread", "")
        context["thread"] = thread if thread.isascii() and thread.isdigit() else ""
        context["offers"] = queries.offers(viewer, asked.text)
    return render(request, "community/search/suggestions.html", context)


@allow(Who.MEMBER, "POST")
def remember(request: HttpRequest) -> HttpResponse:
    """Keep what a member looked for. Their page sends it once it is there: looking changes nothing by itself."""
    actions.remember_search(actor=actor_of(request), text=clean_text(request.POST.get("q", "")))
    return HttpResponse(status=204)


@allow(Who.MEMBER, "POST")
def forget(request: HttpRequest) -> HttpResponse:
    """Forget what a member looked for."""
    actions.forget_searches(actor=actor_of(request))
    if is_fragment(request):
        return HttpResponse("")
    return done(request, "/search/", _("Your searches are forgotten."))
