"""What leaderboards put beside the home page."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from rewards.leaderboards.queries import most_helpful
from rewards.points.panels import wants_recognition

AT_HOME = 3


def most_helpful_card(request: HttpRequest, _subject: Any) -> str:
    """Name the few who helped most lately, when someone did and chose to appear."""
    if not wants_recognition(viewer_of(request)):
        return ""
    period, ranks = most_helpful(AT_HOME)
    if not ranks:
        return ""
    context = {"period": period, "people": [(rank.member, rank.reason) for rank in ranks]}
    return render_to_string("rewards/leaderboards/_home.html", context, request=request)
