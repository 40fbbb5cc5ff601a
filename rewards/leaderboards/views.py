"""Lists of who helped most."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format

from community.access import Who, allow, viewer_of
from community.web import guest_cacheable
from rewards.leaderboards.queries import get_page
from rewards.points.words import translated


@allow(Who.GUEST, "GET")
@guest_cacheable
def helpful(request: HttpRequest) -> HttpResponse:
    """The first list; an unknown period is the week."""
    return _show(request, "")


@allow(Who.GUEST, "GET")
@guest_cacheable
def board(request: HttpRequest, key: str) -> HttpResponse:
    """One list by its address."""
    return _show(request, key)


def _show(request: HttpRequest, key: str) -> HttpResponse:
    asked = request.GET.get("period", ""), request.GET.get("after", "")[:40]
    page = get_page(viewer_of(request), key, asked[0], after=asked[1])
    tabs = [
        (translated(each.name), each.get_absolute_url(), page is not None and each.key == page.board.key, "")
        for each in (page.boards if page else [])
    ]
    board = page.board if page else None
    span = [date_format(day) for day in (board.starts_on, board.ends_on) if day] if board else []
    words = {"name": translated(page.board.name), "about": translated(page.board.about)} if page else {}
    context = {"page": page, "tabs": tabs, "span": span, **words}
    return render(request, "rewards/leaderboards/helpful.html", context)
