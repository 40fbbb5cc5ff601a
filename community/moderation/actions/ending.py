"""Noticing that penalties are over: nothing is closed any more since then, and whoever counted on it is told now."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.activity.record import record
from community.members.models import Member
from community.moderation.models import Penalty
from community.moderation.verbs import PENALTY_ENDED


def end_due_penalties(*, actor: Member | None = None, at_most: int = 200) -> int:
    """Write down that penalties ended by themselves. Returns how many."""
    with transaction.atomic():
        due = Penalty.objects.filter(ended_at=None, lifted_at=None, until__lte=timezone.now())
        rows = list(due.select_for_update(skip_locked=True).order_by("until", "pk")[:at_most])
        Penalty.objects.filter(pk__in=[row.pk for row in rows]).update(ended_at=F("until"))
        for row in rows:
            payload = {"member_id": row.member_id, "kind": row.kind, "penalty_id": row.pk}
            record(PENALTY_ENDED, actor=actor, target=row.member, payload=payload)
    return len(rows)
