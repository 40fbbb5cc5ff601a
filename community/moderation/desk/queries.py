"""Reading the queue: which cases, in which order, a page at a time and never counted."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from community.members.models import Member
from community.moderation import limits
from community.moderation.case_kinds import (
    CaseKind,
    Subject,
    all_case_kinds,
    decision_label,
    describe_cases,
    kind_of,
)
from community.moderation.models import Case, CaseState
from community.moderation.queries import reviewable_by
from community.spaces.models import Space

# A row costs more than what the page fetches for it: so many fit a screen or two.
PAGE = 25
SPACES_OFFERED = 200
SHOWS = ("waiting", "mine", "unclaimed", "overdue", "decided")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the queue somebody wants to see. What is not known is taken as not asked for."""

    show: str = "waiting"
    kind: str = ""
    space: int | None = None
    after: int | None = None

    @classmethod
    def read(cls, given: Any) -> "Asked":
        """Read it from the query of an address."""
        show = given.get("show", "")
        kinds = {kind.name for kind in all_case_kinds()}
        return cls(
            show=show if show in SHOWS else "waiting",
            kind=given.get("kind", "") if given.get("kind", "") in kinds else "",
            space=_number(given.get("space", "")),
            after=_number(given.get("after", "")),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One case as the queue shows it."""

    case: Case
    kind: CaseKind
    subject: Subject
    is_late: bool
    is_mine: bool
    holder: Member | None
    decision: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of the queue with what filters it."""

    asked: Asked
    rows: list[Row]
    following: int | None
    shows: list[tuple[str, str]]
    kinds: list[CaseKind]
    spaces: list[tuple[int, str]]
    # Kinds that stand on this page: what may be decided about several at once.
    present: list[CaseKind]


def desk_page(actor: Member, asked: Asked) -> DeskPage:
    """Return a page of the queue for `actor`: what waits by due time and then by score, what is decided newest first."""
    found = list(_ordered(actor, asked)[: PAGE + 1])
    cases = found[:PAGE]
    subjects, now = describe_cases(cases), timezone.now()
    rows = [
        Row(
            case=case,
            kind=kind_of(case),
            subject=subjects.get(case.pk) or Subject(title=_("It is not there any more")),
            is_late=case.state == CaseState.OPEN and case.due_at < now,
            is_mine=case.holder_id == actor.pk,
            holder=case.claimed_by if case.holder_id else None,
            decision=decision_label(case),
        )
        for case in cases
    ]
    present = {row.kind.name: row.kind for row in rows if row.kind.choices and row.case.state == "open"}
    return DeskPage(
        asked=asked,
        rows=rows,
        following=cases[-1].pk if len(found) > PAGE else None,
        shows=list(zip(SHOWS, _show_words(), strict=True)),
        kinds=[kind for kind in all_case_kinds() if kind.in_space or actor.is_at_least(kind.role)],
        spaces=list(Space.objects.visible_to(actor).values_list("pk", "name")[:SPACES_OFFERED]),
        present=list(present.values()),
    )


def get_cases_for(actor: Member, pks: list[int]) -> list[Case]:
    """Return those of the cases that `actor` may look at; others are left out as if they were absent."""
    return list(reviewable_by(actor).filter(pk__in=pks[: limits.MOST_TOGETHER + 1]).order_by("pk"))


def just_decided(actor: Member, pks: list[int]) -> list[Case]:
    """Return those of the cases that `actor` decided a moment ago: the bar offers to take them back."""
    if not pks:
        return []
    since = timezone.now() - limits.UNDO_FOR.span()
    cases = Case.objects.filter(
        pk__in=pks[: limits.MOST_TOGETHER],
        state=CaseState.DECIDED,
        decided_by=actor,
        decided_at__gt=since,
    )
    return [case for case in cases if (choice := kind_of(case).choice(case.decision)) and choice.undo]


def read_numbers(text: str) -> list[int]:
    """Return the keys in an address like `12.15.16`; whatever is no number is left out."""
    pieces = (_number(piece) for piece in text.split(".")[: limits.MOST_TOGETHER])
    return [number for number in pieces if number is not None]


def _ordered(actor: Member, asked: Asked) -> QuerySet[Case]:
    cases = reviewable_by(actor).select_related("author", "claimed_by", "decided_by")
    if asked.kind:
        cases = cases.filter(kind=asked.kind)
    if asked.space is not None:
        cases = cases.filter(space_id=asked.space)
    last = Case.objects.filter(pk=asked.after).first() if asked.after else None
    if asked.show == "decided":
        decided = cases.filter(state=CaseState.DECIDED, decided_at__isnull=False)
        if last is not None and last.decided_at is not None:
            beyond = Q(decided_at__lt=last.decided_at) | Q(pk__lt=last.pk)
            decided = decided.filter(Q(decided_at__lte=last.decided_at) & beyond)
        return decided.order_by("-decided_at", "-id")
    waiting = cases.filter(state=CaseState.OPEN).filter(_narrowed(actor, asked.show))
    if last is not None:
        beyond = Q(due_at__gt=last.due_at) | Q(score__lt=last.score) | Q(score=last.score, pk__gt=last.pk)
        waiting = waiting.filter(Q(due_at__gte=last.due_at) & beyond)
    return waiting.order_by("due_at", "-score", "id")


def _narrowed(actor: Member, show: str) -> Q:
    now = timezone.now()
    if show == "mine":
        return Q(claimed_by=actor, claimed_until__gt=now)
    if show == "unclaimed":
        return Q(claimed_until=None) | Q(claimed_until__lte=now)
    if show == "overdue":
        return Q(due_at__lt=now)
    return Q()


def _show_words() -> tuple[str, ...]:
    return _("Waiting"), _("Claimed by me"), _("Claimed by nobody"), _("Overdue"), _("Decided")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
