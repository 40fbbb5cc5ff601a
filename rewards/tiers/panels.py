"""What tiers put on pages of lower features: one's own way on the profile and the statement, the next step at home."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format

from community.access import viewer_of
from community.members.models import Member, Role
from rewards.points.panels import wants_recognition
from rewards.points.words import translated
from rewards.tiers.counting import current_rules
from rewards.tiers.queries import invited_tiers_of, list_steps, moves_of, progress_of


def own_path(request: HttpRequest, subject: Any) -> str:
    """Show a member, on their own profile or statement, how far it is to the next tier."""
    viewer = viewer_of(request)
    if viewer is None or viewer.pk != subject.pk or not _collects(viewer):
        return ""
    progress = progress_of(viewer, with_perks=True)
    if progress is None:
        return ""
    by = date_format(progress.by) if progress.by else ""
    context = {"progress": progress, "by": by, "invited": invited_tiers_of(viewer)}
    return render_to_string("rewards/tiers/_path.html", context, request=request)


def own_moves(request: HttpRequest, subject: Any) -> str:
    """Show a member on their statement how they moved between tiers."""
    viewer = viewer_of(request)
    if viewer is None or viewer.pk != subject.pk or not _collects(viewer):
        return ""
    moves = moves_of(viewer)
    lines = [
        (translated(move.after or move.before), move.at, move.get_why_display(), move.reason)
        for move in moves
    ]
    return render_to_string("rewards/tiers/_moves.html", {"lines": lines}, request=request) if lines else ""


def next_step_card(request: HttpRequest, _subject: Any) -> str:
    """Say at home what is missing to the next tier, to those who have begun."""
    viewer = viewer_of(request)
    if viewer is None or not _collects(viewer) or viewer.points_earned == 0:
        return ""
    progress = progress_of(viewer)
    if progress is None or progress.next is None:
        return ""
    return render_to_string("rewards/tiers/_side.html", {"progress": progress}, request=request)


def tier_table(request: HttpRequest, _subject: Any) -> str:
    """List the tiers on the page that says how points work."""
    context = {"tiers": list_steps(viewer_of(request)), "rules": current_rules()}
    return render_to_string("rewards/tiers/_table.html", context, request=request)


def _collects(viewer: Member) -> bool:
    return wants_recognition(viewer) and viewer.role == Role.MEMBER
