"""The link that messages put beside Follow on a profile."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from community.messages.permissions import can_write_to


def write_link(request: HttpRequest, member: Any) -> str:
    """Offer to write to a member, if they take messages from the reader."""
    viewer = viewer_of(request)
    if viewer is None or not can_write_to(viewer, member):
        return ""
    return render_to_string("community/messages/_write_link.html", {"member": member}, request=request)
