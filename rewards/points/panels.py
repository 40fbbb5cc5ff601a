"""What points put beside a profile: the newest changes for oneself, the sum for others, nothing where it is not wanted."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from community.members.models import Member, Role
from rewards.points.queries import newest_lines


def wants_recognition(viewer: Member | None) -> bool:
    """Return whether pages show points, tiers and badges to this reader at all."""
    return viewer is None or not viewer.quiet_mode


def who_wants_recognition(member_ids: Iterable[int]) -> list[int]:
    """Return those who have not turned points, tiers and badges off for themselves."""
    wanting = Member.objects.get_queryset().present().filter(pk__in=list(member_ids), quiet_mode=False)
    return list(wanting.values_list("pk", flat=True))


def profile_card(request: HttpRequest, subject: Any) -> str:
    """Show one's own newest changes, or what a member shows to others."""
    viewer, member = viewer_of(request), subject
    if not wants_recognition(viewer) or member.role != Role.MEMBER:
        return ""
    if viewer is not None and viewer.pk == member.pk:
        context = {"member": member, "lines": newest_lines(member)}
        return render_to_string("rewards/points/_card.html", context, request=request)
    if member.show_points and member.points_earned:
        return render_to_string("rewards/points/_shown.html", {"member": member}, request=request)
    return ""


def why_entry(request: HttpRequest, subject: Any) -> str:
    """Offer, in the menu of a post of one's own, why it did or did not earn points."""
    viewer = viewer_of(request)
    if viewer is None or viewer.pk != subject.author_id or viewer.is_staff or viewer.quiet_mode:
        return ""
    return render_to_string("rewards/points/_menu_entry.html", {"post": subject}, request=request)
