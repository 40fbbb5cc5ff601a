"""Reading what waits."""

import datetime as dt

from django.db.models import Avg, F, QuerySet
from django.utils import timezone

from community.errors import NotFound
from community.members.models import Member
from community.moderation.held.drafts import KIND
from community.moderation.models import Case, CaseState, Held, HeldState

PAGE = 20
# Whatever the past says, nobody is promised less.
_SOONEST = dt.timedelta(minutes=10)
_LOOKED_AT = 50


def held_of(member: Member) -> QuerySet[Held]:
    """Return what a member wrote that waits or waited, the latest first."""
    return (
        Held.objects.filter(author=member).select_related("space", "thread", "became__thread").order_by("-id")
    )


def waiting_count(member: Member) -> int:
    """Return how much of a member's own waits, at most a page of it."""
    return len(held_of(member).filter(state=HeldState.WAITING).values_list("pk", flat=True)[:PAGE])


def get_own_held(actor: Member, pk: int) -> Held:
    """Return what `actor` wrote. Raises `NotFound` for what others wrote."""
    held = held_of(actor).filter(pk=pk).first()
    if held is None:
        raise NotFound()
    return held


def decided_case(actor: Member, held: Held) -> Case | None:
    """Return the case in which the team decided about what `actor` wrote."""
    decided = Case.objects.filter(author=actor, state=CaseState.DECIDED).order_by("-id")
    own = decided.filter(subject_type=Held._meta.label_lower, subject_id=held.pk).first()
    return own or decided.filter(kind=KIND, facts__held__contains=[held.pk]).first()


def usual_wait() -> dt.timedelta | None:
    """Return how long the team lately took to look at what waits, or None while nobody can say."""
    lately = Held.objects.filter(decided_at__gt=timezone.now() - dt.timedelta(days=30)).order_by("-id")
    found = Held.objects.filter(pk__in=lately.values("pk")[:_LOOKED_AT]).aggregate(
        took=Avg(F("decided_at") - F("created_at"))
    )
    took: dt.timedelta | None = found["took"]
    return max(took, _SOONEST) if took is not None else None
