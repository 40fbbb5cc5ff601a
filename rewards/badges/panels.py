"""What badges put on a profile and its card: those a member lets others see; on one's own also the nearest ones."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from community.members.models import Role
from rewards.badges.models import MOST_PINNED
from rewards.badges.queries import badges_of, nearest_badges
from rewards.points.panels import wants_recognition


def profile_badges(request: HttpRequest, subject: Any) -> str:
    """Show a member's badges, and to themselves the way to the next."""
    viewer, member = viewer_of(request), subject
    if not wants_recognition(viewer):
        return ""
    own = viewer is not None and viewer.pk == member.pk and member.role == Role.MEMBER
    earned = badges_of(viewer, member)
    going = nearest_badges(member) if own else []
    if not earned and not going:
        return ""
    context = {"earned": earned, "going": going, "own": own, "hidden": own and not member.show_badges}
    return render_to_string("rewards/badges/_profile.html", context, request=request)


def card_badges(request: HttpRequest, subject: Any) -> str:
    """Show on the card of a member the badges they put first, or else their newest."""
    viewer = viewer_of(request)
    if not wants_recognition(viewer):
        return ""
    shown = badges_of(viewer, subject)[:MOST_PINNED]
    return render_to_string("rewards/badges/_card.html", {"badges": shown}, request=request) if shown else ""
