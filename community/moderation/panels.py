"""The entry that moderation adds to the menu of a post, and of a message."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from community.moderation.permissions import can_report, can_report_message


def report_entry(request: HttpRequest, post: Any) -> str:
    """Offer reporting to whoever may report this post."""
    viewer = viewer_of(request)
    if viewer is None or not can_report(viewer, post):
        return ""
    return render_to_string("community/moderation/_menu_entry.html", {"post": post}, request=request)


def report_message_entry(request: HttpRequest, message: Any) -> str:
    """Offer reporting to whoever may report this message."""
    viewer = viewer_of(request)
    if viewer is None or not can_report_message(viewer, message):
        return ""
    return render_to_string("community/moderation/_message_entry.html", {"message": message}, request=request)
