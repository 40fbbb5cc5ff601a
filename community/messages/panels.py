"""What messages put on the pages of others: the link beside Follow on a profile, and the rooms of a space."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from community.messages.models import Room
from community.messages.permissions import can_write_to
from community.messages.queries.rooms import is_over

ROOMS_SHOWN = 3


def write_link(request: HttpRequest, member: Any) -> str:
    """Offer to write to a member, if they take messages from the reader."""
    viewer = viewer_of(request)
    if viewer is None or not can_write_to(viewer, member):
        return ""
    return render_to_string("community/messages/_write_link.html", {"member": member}, request=request)


def rooms_of_space(request: HttpRequest, space: Any) -> str:
    """Show a member the open rooms of a space they read, the busiest first."""
    if viewer_of(request) is None:
        return ""
    rooms = Room.objects.filter(space=space.pk, closed_at=None).select_related("conversation")
    found = [room for room in rooms.order_by("-member_count", "pk")[: ROOMS_SHOWN * 3] if not is_over(room)]
    if not found:
        return ""
    context = {"rooms": found[:ROOMS_SHOWN]}
    return render_to_string("community/messages/_space_rooms.html", context, request=request)
