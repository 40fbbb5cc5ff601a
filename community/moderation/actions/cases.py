"""Claiming and deciding cases, and taking a decision back."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from community.moderation import limits
from community.moderation.actions.penalties import check_reason, lift_penalty
from community.moderation.case_kinds import Ruling, kind_of
from community.moderation.models import Case, CaseState, Penalty
from community.moderation.permissions import can_decide, can_judge, can_review
from community.moderation.verbs import CASE_DECIDED, CASE_REOPENED

READ_AGO = dt.timedelta(minutes=1)


@transaction.atomic
def claim_case(*, actor: Member, case: Case) -> Case:
    """Keep others from deciding `case` for a while. Raises `Refused` when someone else holds it or it is decided."""
    fresh = _lock(case)
    can_decide(actor, fresh).require()
    fresh.claimed_by = actor
    fresh.claimed_until = timezone.now() + limits.CLAIM_FOR.span()
    fresh.save(update_fields=["claimed_by", "claimed_until"])
    return fresh


@transaction.atomic
def release_case(*, actor: Member, case: Case) -> Case:
    """Give a claim back. Only the holder's own claim changes."""
    fresh = _lock(case)
    can_review(actor, fresh).require()
    if fresh.holder_id == actor.pk:
        fresh.claimed_by = None
        fresh.claimed_until = None
        fresh.save(update_fields=["claimed_by", "claimed_until"])
    return fresh


@transaction.atomic
def decide_case(
    *,
    actor: Member,
    case: Case,
    decision: str,
    reason: str = "",
    days: int | None = None,
    seen_at: dt.datetime | None = None,
) -> Case:
    """Decide a case: `decision` is one that its kind offers. Most need a `reason`, which the member is told.

    For reports, `days` is how long silence (default 3) or suspension (default 7) lasts. `seen_at` is when `actor` read what it
    is about; whoever does not say so has read it a minute ago.
    Raises `Refused`, `Invalid` or `Conflict`.
    """
    fresh = _lock(case)
    can_decide(actor, fresh).require()
    choice = kind_of(fresh).choice(decision)
    if choice is None:
        sentence = _("Choose what to do with it.")
        raise Invalid("decision_missing", sentence, fields={"decision": sentence})
    reason = check_reason(reason) if choice.needs_reason else ""
    seen_at = seen_at or timezone.now() - READ_AGO
    ruling = Ruling(actor, fresh, choice.name, reason, days if choice.takes_days else None, seen_at)
    effect = choice.apply(ruling)
    fresh.state = CaseState.DECIDED
    fresh.decision, fresh.decision_reason = choice.name, reason
    fresh.decided_by, fresh.decided_at = actor, timezone.now()
    fresh.claimed_by = fresh.claimed_until = None
    fresh.before = effect.undo
    fresh.save()
    payload = {
        **_told(fresh),
        "decision": choice.name,
        "reason": reason,
        "before": effect.before,
        "after": effect.after,
        "reporter_ids": list(fresh.reports.order_by("id").values_list("reporter_id", flat=True)),
    }
    record(CASE_DECIDED, actor=actor, target=fresh, payload=payload, space_id=fresh.space_id)
    return fresh


@transaction.atomic
def undo_decision(*, actor: Member, case: Case) -> Case:
    """Take a decision back: its effect is undone, its penalty is lifted, the case waits again.

    A post that something else has happened to since stays as that left it.
    Raises `Refused`, or `Conflict` when it is not decided, cannot be undone, or its subject has a newer case.
    """
    fresh = _lock(case)
    can_judge(actor, fresh).require()
    _undoable(fresh)
    for penalty in Penalty.objects.filter(case=fresh, lifted_at=None):
        lift_penalty(actor=actor, penalty=penalty)
    choice = kind_of(fresh).choice(fresh.decision)
    assert choice is not None and choice.undo is not None
    choice.undo(actor, fresh)
    decision = fresh.decision
    fresh.state = CaseState.OPEN
    fresh.decision = fresh.decision_reason = ""
    fresh.decided_by = fresh.decided_at = None
    fresh.due_at = timezone.now() + kind_of(fresh).due.span()
    fresh.save()
    payload = {**_told(fresh), "decision": decision}
    record(CASE_REOPENED, actor=actor, target=fresh, payload=payload, space_id=fresh.space_id)
    return fresh


def _undoable(case: Case) -> None:
    if case.state != CaseState.DECIDED:
        raise Conflict("not_decided", _("There is no decision to take back."))
    choice = kind_of(case).choice(case.decision)
    if choice is None or choice.undo is None:
        raise Conflict("stays_decided", _("This decision cannot be taken back."))
    newer = Case.objects.filter(state=CaseState.OPEN)
    if newer.filter(case.same_subject()).exists():
        raise Conflict("newer_case", _("This was reported again. Decide the newer case instead."))


def _told(case: Case) -> dict[str, Any]:
    return {
        "kind": case.kind,
        "subject_type": case.subject_type,
        "subject_id": case.subject_id,
        "post_id": case.post_id,
        "message_id": case.message_id,
        "author_id": case.author_id,
    }


def _lock(case: Case) -> Case:
    """Return the case, locked. What it is about is fetched after that, because a joined row would be as it was before."""
    return Case.objects.select_for_update().get(pk=case.pk)
