"""Reading cases."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from community.errors import NotFound
from community.members.models import Member
from community.messages.models import Message, State
from community.moderation.models import Case, CaseState, Penalty, Report
from community.moderation.permissions import can_review
from community.spaces.models import Space, SpaceMembership

NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class CasePage:
    """All a decision needs: the post or message, who reported it and why, and what its author did before."""

    case: Case
    reports: list[Report]
    earlier: list[Case]
    penalties: list[Penalty]
    # A reported message with its neighbours: all of a conversation that the team ever reads.
    around: list[Message]


def reviewable_by(actor: Member) -> QuerySet[Case]:
    """Return the cases of spaces in which `actor` keeps order; those about messages for who keeps order everywhere."""
    if actor.is_suspended:
        return Case.objects.none()
    spaces: QuerySet[Any] = Space.objects.visible_to(actor)
    if not actor.is_at_least("moderator"):
        named = SpaceMembership.objects.filter(member=actor, is_moderator=True)
        spaces = spaces.filter(pk__in=named.values("space"))
    theirs = Q(space_id__in=spaces.values("pk"))
    if actor.is_at_least("moderator"):
        theirs |= Q(message__isnull=False)
    return Case.objects.filter(theirs)


def waiting_for(actor: Member) -> QuerySet[Case]:
    """Return what waits for `actor`, the most urgent first."""
    return reviewable_by(actor).filter(state=CaseState.OPEN).order_by("due_at", "id")


def get_case_for(actor: Member, pk: int) -> Case:
    """Return a case `actor` may look at. Raises `NotFound` otherwise."""
    case = (
        Case.objects.select_related(
            "post__thread__space",
            "post__author",
            "message__author",
            "message__conversation__room__space",
            "author",
            "claimed_by",
            "decided_by",
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
        around=neighbours_of(case.message) if case.message is not None else [],
    )


def neighbours_of(message: Message) -> list[Message]:
    """Return a message with the few before and after it, without what the author of one of them took back."""
    near = Message.objects.filter(
        conversation=message.conversation_id,
        position__gte=message.position - NEIGHBOURS,
        position__lte=message.position + NEIGHBOURS,
    ).exclude(Q(state=State.DELETED) & ~Q(pk=message.pk))
    return list(near.select_related("author").order_by("position"))


def reads_for_report(viewer: Member | None, message_pk: int) -> bool:
    """Whether `viewer` may see the pictures of a message because it waits for the team's decision."""
    if viewer is None or viewer.is_suspended or not viewer.is_at_least("moderator"):
        return False
    return Case.objects.filter(message=message_pk, state=CaseState.OPEN).exists()
