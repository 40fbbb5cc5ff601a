"""The browser's way to search."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, allow, viewer_of
from community.addresses import network_of
from community.members.models import Member
from community.search import limits, queries
from community.search.drawing import HitDrawing
from community.search.forms import Question, read_question
from community.spaces.queries import get_space_for, space_names


@allow(Who.GUEST, "GET")
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, or how to look."""
    asked = read_question(request.GET)
    viewer = viewer_of(request)
    if not asked.text:
        return render(request, "community/search/index.html", {"asked": asked, "found": None, "people": None})
    limits.spend(limits.SEARCH, viewer, network_of(request))
    if asked.type == "people":
        people = queries.search_members(asked.text)
        return render(
            request, "community/search/index.html", {"asked": asked, "found": None, "people": people}
        )
    space = get_space_for(viewer, asked.space) if asked.space else None
    found = queries.search_threads(
        viewer,
        asked.text,
        space_id=space.pk if space else None,
        status=asked.status,
        after=asked.after,
    )
    context = {
        "asked": asked,
        "found": found,
        "people": None,
        "space": space,
        "statuses": status_choices(asked),
        "spaces": space_choices(viewer, asked) if asked.space or len(found.hits) > 4 else [],
        "most": limits.RANKED,
        "draw_hit": HitDrawing().hit,
    }
    return render(request, "community/search/index.html", context)


def status_choices(asked: Question) -> list[tuple[str, str, bool]]:
    """Return the filters by state as words, addresses and which is chosen."""
    words = (
        ("", _("All")),
        ("solved", _("Answered")),
        ("open", _("Open")),
        ("unanswered", _("No reply yet")),
    )
    return [(word, asked.address(status=value), asked.status == value) for value, word in words]


def space_choices(viewer: Member | None, asked: Question) -> list[tuple[str, str, bool]]:
    """Return the spaces the viewer may read as filters."""
    anywhere = asked.address(space="")
    choices = [(_("Every space"), anywhere, not asked.space)]
    return choices + [
        (name, f"{anywhere}&space={quote(slug)}", asked.space == slug) for slug, name in space_names(viewer)
    ]


@allow(Who.GUEST, "GET")
def suggest(request: HttpRequest) -> HttpResponse:
    """Offer threads and people while one types."""
    asked = read_question(request.GET)
    viewer = viewer_of(request)
    limits.spend(limits.SUGGEST, viewer, network_of(request))
    threads = queries.suggest(viewer, asked.text)
    people = queries.search_members(asked.text, limit=3) if len(asked.text) > 1 else []
    return render(
        request, "community/search/suggestions.html", {"asked": asked, "threads": threads, "people": people}
    )
