"""Reading cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from community.errors import NotFound
from community.members.models import Member
from community.messages.models import Message, State
from community.moderation import limits
from community.moderation.case_kinds import (
    CaseKind,
    Fact,
    Subject,
    all_case_kinds,
    decision_label,
    describe_cases,
    kind_of,
)
from community.moderation.models import (
    Appeal,
    CannedReason,
    Case,
    CaseState,
    Penalty,
    PenaltyKind,
    Report,
    Stage,
)
from community.moderation.permissions import can_review
from community.spaces.models import Space, SpaceMembership

NEIGHBOURS = 5
MOST_COUNTED = 99
# How many there are stands on the case; nobody reads a thousand of them before deciding.
REPORTS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class CasePage:
    """All a decision needs: what the case is about, who reported it and why, and what its author did before."""

    case: Case
    kind: CaseKind
    subject: Subject
    facts: list[Fact]
    # What the kind adds for its own template.
    detail: Any
    reports: list[Report]
    # With what was decided, in words.
    earlier: list[tuple[Case, str]]
    penalties: list[Penalty]
    # What its author said while reports alone hid it.
    words: list[Appeal]
    # How long a pause would last by the ladder.
    suggested_days: int | None

    @property
    def is_late(self) -> bool:
        """Whether it should have been decided by now."""
        return self.case.state == CaseState.OPEN and self.case.due_at < timezone.now()

    @property
    def decision_label(self) -> str:
        """What was decided, in words."""
        return decision_label(self.case)

    @property
    def around(self) -> list[Message]:
        """A reported message with its neighbours: all of a conversation that the team ever reads."""
        return self.detail if self.case.message_id is not None else []


def reviewable_by(actor: Member) -> QuerySet[Case]:
    """Return the cases of spaces in which `actor` keeps order; those in none for the role that their kind asks for."""
    if actor.is_suspended:
        return Case.objects.none()
    spaces: QuerySet[Any] = Space.objects.visible_to(actor)
    if not actor.is_at_least("moderator"):
        named = SpaceMembership.objects.filter(member=actor, is_moderator=True)
        spaces = spaces.filter(pk__in=named.values("space"))
    kinds = list(all_case_kinds())
    above = [kind.name for kind in kinds if not kind.in_space and not actor.is_at_least(kind.role)]
    theirs = Q(space_id__in=spaces.values("pk"))
    if above:
        theirs &= ~Q(kind__in=above)
    if actor.is_at_least("moderator"):
        theirs |= Q(space_id=None, kind__in=[k.name for k in kinds if actor.is_at_least(k.role)])
    return Case.objects.filter(theirs)


def waiting_for(actor: Member) -> QuerySet[Case]:
    """Return what waits for `actor`, the most urgent first."""
    return reviewable_by(actor).filter(state=CaseState.OPEN).order_by("due_at", "-score", "id")


def after_case(actor: Member, case: Case) -> int | None:
    """Return the key of the case that waits next after `case`, most urgent first, or None."""
    beyond = Q(due_at__gt=case.due_at) | Q(score__lt=case.score) | Q(score=case.score, pk__gt=case.pk)
    waiting = waiting_for(actor).filter(Q(due_at__gte=case.due_at) & beyond)
    return waiting.values_list("pk", flat=True).first()


def count_waiting(actor: Member) -> str:
    """Return how many cases wait for `actor`: at most 99 are looked at, however many there are."""
    found = len(reviewable_by(actor).filter(state=CaseState.OPEN).values_list("pk")[: MOST_COUNTED + 1])
    return f"{MOST_COUNTED}+" if found > MOST_COUNTED else str(found)


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
    kind = kind_of(case)
    return CasePage(
        case=case,
        kind=kind,
        subject=describe_cases([case]).get(case.pk) or Subject(title=str(kind.label)),
        facts=kind.explain(case),
        detail=kind.detail(actor, case) if kind.detail else None,
        words=list(case.appeals.filter(stage=Stage.HIDDEN)),
        suggested_days=suggested_days(case.author)
        if case.author is not None and any(choice.takes_days for choice in kind.choices)
        else None,
        reports=list(case.reports.select_related("reporter").order_by("id")[:REPORTS_SHOWN]),
        earlier=[(old, decision_label(old)) for old in about.order_by("-id")[:5]] if case.author_id else [],
        penalties=list(Penalty.objects.filter(member_id=case.author_id).order_by("-id")[:5])
        if case.author_id
        else [],
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


def canned_reasons(kinds: Sequence[CaseKind]) -> list[CannedReason]:
    """Return the reasons that fit these kinds of cases, or every kind."""
    return list(CannedReason.objects.filter(kind__in=["", *(kind.name for kind in kinds)]))


def suggested_days(member: Member) -> int:
    """Return how long the next pause of `member` lasts by the ladder: longer for each earlier one that was not lifted."""
    since = timezone.now() - limits.LADDER_FORGETS.span()
    pauses = (PenaltyKind.SILENCE, PenaltyKind.SUSPEND)
    earlier = Penalty.objects.filter(
        member=member, kind__in=pauses, lifted_at=None, given_at__gt=since, given_by__isnull=False
    )
    return limits.LADDER[min(earlier[: len(limits.LADDER)].count(), len(limits.LADDER) - 1)]()


def all_canned_reasons(actor: Member) -> list[CannedReason]:
    """Return every reason that the team inserts; none for anybody else."""
    is_team = actor.is_at_least("moderator") and not actor.is_suspended
    return list(CannedReason.objects.all()) if is_team else []


def get_canned_reason_for(actor: Member, pk: int) -> CannedReason:
    """Return one of them for the team. Raises `NotFound` otherwise."""
    found = next((reason for reason in all_canned_reasons(actor) if reason.pk == pk), None)
    if found is None:
        raise NotFound()
    return found


def pause_of(member: Member) -> Penalty | None:
    """Return what pauses a member now: the penalty that ends last."""
    pauses = (PenaltyKind.SILENCE, PenaltyKind.SUSPEND)
    running = Penalty.objects.filter(member=member, kind__in=pauses, lifted_at=None, until__gt=timezone.now())
    return running.order_by("-until").first()


def penalties_for(actor: Member) -> QuerySet[Penalty]:
    """Return the penalties that `actor` may read: all for who keeps order everywhere, otherwise none."""
    is_team = actor.is_at_least("moderator") and not actor.is_suspended
    return Penalty.objects.all() if is_team else Penalty.objects.none()


def penalties_of(actor: Member, member: Member) -> QuerySet[Penalty]:
    """Return what was laid on one member, the latest first, for the team; nothing for others."""
    return penalties_for(actor).filter(member=member).select_related("given_by", "lifted_by").order_by("-id")


def get_penalty_for(actor: Member, pk: int) -> Penalty:
    """Return a penalty that `actor` may read. Raises `NotFound` otherwise."""
    penalty = penalties_for(actor).select_related("member").filter(pk=pk).first()
    if penalty is None:
        raise NotFound()
    return penalty
