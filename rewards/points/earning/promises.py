"""What is told of awards on their way, to whoever listens: that one was made, is final, was undone, stopped or let go on."""

from collections.abc import Iterable

from django.utils import timezone

from community.activity.record import Happening, record_many
from rewards.points.models import PendingAward, PendingState
from rewards.points.verbs import PENDING_MOVED

HOW = {
    PendingState.WAITING: "made",
    PendingState.PAID: "final",
    PendingState.CANCELLED: "undone",
    PendingState.STOPPED: "stopped",
}


def tell_of(awards: Iterable[PendingAward], *, actor_id: int | None = None, how: str = "") -> None:
    """Record what became of awards that are written, one happening each."""
    told = list(awards)
    for quiet in (False, True):
        if happenings := [_happening(it, actor_id, how) for it in told if it.quiet is quiet]:
            record_many(happenings, quiet=quiet)


def _happening(award: PendingAward, actor_id: int | None, how: str) -> Happening:
    return Happening(
        verb=PENDING_MOVED,
        actor_id=actor_id,
        target_type=PendingAward._meta.label_lower,
        target_pk=award.pk,
        payload={
            "member_id": award.member_id,
            "rule": award.rule_key,
            "points": award.points,
            "how": how or HOW[PendingState(award.state)],
            "due_at": award.due_at.isoformat(),
            "reason": award.memo,
        },
        occurred_at=award.settled_at or timezone.now(),
    )
