"""What moderation adds to pages of others: menus of posts and messages, a member in the admin, a paused member's home."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from community.members.models import Member
from community.members.permissions import can_take_part
from community.moderation.permissions import can_penalise, can_report, can_report_message
from community.moderation.queries import pause_of


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


def paused_panel(request: HttpRequest, _subject: Any) -> str:
    """Say on top of a member's home that their account or their writing is paused, and lead to why and to an appeal."""
    viewer = viewer_of(request)
    if viewer is None or not (viewer.is_suspended or viewer.is_silenced):
        return ""
    said = {
        "verdict": can_take_part(viewer),
        "penalty": pause_of(viewer),
        "reason": viewer.restriction_reason,
    }
    return render_to_string("community/moderation/_paused.html", said, request, using="jinja2")


def draw_member_desk(request: HttpRequest, member: Member) -> str:
    """Draw notes about a member, and the way to look as them, under their form in the admin."""
    from community.moderation.members_desk.admin import draw_notes

    return draw_notes(request, member)


def draw_member_penalties(request: HttpRequest, member: Member) -> str:
    """Draw what was laid on a member, and the way to warn or pause them, under their form in the admin."""
    from community.moderation.members_desk.penalty_admin import draw_penalties

    return draw_penalties(request, member)


def penalise_link(request: HttpRequest, member: Any) -> str:
    """Offer the team, on the profile of a member below their own role, to warn or pause them."""
    viewer = viewer_of(request)
    if viewer is None or not viewer.is_staff or not can_penalise(viewer, member):
        return ""
    return render_to_string("community/moderation/_penalise_link.html", {"member": member}, request=request)
