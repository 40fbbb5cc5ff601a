"""The entry that moderation adds to the menu of a post."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from community.moderation.permissions import can_report


def report_entry(request: HttpRequest, post: Any) -> str:
    """Offer reporting to whoever may report this post."""
    viewer = viewer_of(request)
    if viewer is None or not can_report(viewer, post):
        return ""
    return render_to_string("community/moderation/_menu_entry.html", {"post": post}, request=request)
