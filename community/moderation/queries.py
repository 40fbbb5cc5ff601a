"""Reading cases."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from community.errors import NotFound
from community.members.models import Member
from community.moderation.models import Case, CaseState, Penalty, Report
from community.moderation.permissions import can_review
from community.spaces.models import Space, SpaceMembership


@dataclass(frozen=True, slots=True)
class CasePage:
    """All a decision needs: the post, who reported it and why, and what its author did before."""

    case: Case
    reports: list[Report]
    earlier: list[Case]
    penalties: list[Penalty]


def reviewable_by(actor: Member) -> QuerySet[Case]:
    """Return the cases of spaces in which `actor` keeps order."""
    if actor.is_suspended:
        return Case.objects.none()
    spaces: QuerySet[Any] = Space.objects.visible_to(actor)
    if not actor.is_at_least("moderator"):
        named = SpaceMembership.objects.filter(member=actor, is_moderator=True)
        spaces = spaces.filter(pk__in=named.values("space"))
    return Case.objects.filter(space_id__in=spaces.values("pk"))


def waiting_for(actor: Member) -> QuerySet[Case]:
    """Return what waits for `actor`, the most urgent first."""
    return reviewable_by(actor).filter(state=CaseState.OPEN).order_by("due_at", "id")


def get_case_for(actor: Member, pk: int) -> Case:
    """Return a case `actor` may look at. Raises `NotFound` otherwise."""
    case = (
        Case.objects.select_related(
            "post__thread__space", "post__author", "author", "claimed_by", "decided_by"
        )
        .filter(pk=pk)
        .first()
    )
    if case is None or not can_review(actor, case):
        raise NotFound()
    return case


def get_case_page(actor: Member, pk: int) -> CasePage:
    """Return a case with what belongs to it. Raises `NotFound` like `get_case_for`."""
    case = get_case_for(actor, pk)
    about: QuerySet[Any] = reviewable_by(actor).filter(author_id=case.author_id).exclude(pk=case.pk)
    return CasePage(
        case=case,
        reports=list(case.reports.select_related("reporter").order_by("id")),
        earlier=list(about.order_by("-id")[:5]) if case.author_id else [],
        penalties=list(Penalty.objects.filter(member_id=case.author_id).order_by("-id")[:5])
        if case.author_id
        else [],
    )
