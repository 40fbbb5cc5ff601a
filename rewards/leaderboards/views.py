"""Who helped most."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.access import Who, allow, viewer_of
from community.web import guest_cacheable
from rewards.leaderboards.queries import Period, get_board


@allow(Who.GUEST, "GET")
@guest_cacheable
def helpful(request: HttpRequest) -> HttpResponse:
    """The list of a period; an unknown period is the week."""
    asked = request.GET.get("period", "")
    period = Period(asked) if asked in set(Period) else Period.WEEK
    return render(
        request, "rewards/leaderboards/helpful.html", {"board": get_board(viewer_of(request), period)}
    )
