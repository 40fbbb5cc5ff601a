"""The first steps on top of a newcomer's home page, in the place of what others find there."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from engagement.journeys.queries import first_steps, is_newcomer


def first_steps_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the next first steps, until all are done, put away, or the days of a newcomer are over."""
    viewer = viewer_of(request)
    if viewer is None or not is_newcomer(viewer):
        return ""
    page = first_steps(viewer)
    if page.is_dismissed or page.rests or page.next is None:
        return ""
    return render_to_string("engagement/journeys/_hello.html", {"page": page}, request, using="jinja2")
