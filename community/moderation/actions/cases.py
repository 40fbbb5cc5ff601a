"""Claiming and deciding cases, and taking a decision back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from community.messages.actions import set_message_state
from community.messages.models import Message
from community.moderation import limits
from community.moderation.actions.penalties import check_days, check_reason, lift_penalty, penalise_member
from community.moderation.models import Case, CaseState, Decision, Penalty
from community.moderation.permissions import can_decide, can_judge, can_review
from community.moderation.verbs import CASE_DECIDED, CASE_REOPENED
from community.threads.actions import set_post_state
from community.threads.models import Post, State

PENALTIES = frozenset({Decision.WARN, Decision.SILENCE, Decision.SUSPEND})
NEW_STATE = {
    Decision.KEEP: State.VISIBLE,
    Decision.HIDE: State.HIDDEN,
    Decision.REMOVE: State.REMOVED,
    Decision.WARN: State.REMOVED,
    Decision.SILENCE: State.REMOVED,
    Decision.SUSPEND: State.REMOVED,
}
USUAL_DAYS = {Decision.SILENCE: limits.SILENCE_FOR, Decision.SUSPEND: limits.SUSPEND_FOR}


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
    *, actor: Member, case: Case, decision: str, reason: str = "", days: int | None = None
) -> Case:
    """Decide about the reported post or message and, for a penalty, about its author.

    `decision` is one of `Decision`; every one but `keep` needs a `reason`, which the author is told. `days` is how long
    silence (default 3) or suspension (default 7) lasts. Raises `Refused`, `Invalid` or `Conflict`.
    """
    fresh = _lock(case)
    can_decide(actor, fresh).require()
    if decision not in Decision.values:
        sentence = _("Choose what to do with it.")
        raise Invalid("decision_missing", sentence, fields={"decision": sentence})
    chosen = Decision(decision)
    if chosen is Decision.HIDE and fresh.message_id is not None:
        sentence = _("A message is kept or removed. Hiding waits for a change that others would see.")
        raise Invalid("decision_unfit", sentence, fields={"decision": sentence})
    reason = "" if chosen is Decision.KEEP else check_reason(reason)
    subject = fresh.subject
    before = after = subject.state
    if chosen in PENALTIES:
        _penalise(actor, fresh, chosen, reason, days)
    if before != State.DELETED and before != NEW_STATE[chosen]:
        after = _set_state(actor, subject, NEW_STATE[chosen], reason)
    fresh.state = CaseState.DECIDED
    fresh.decision, fresh.decision_reason = chosen, reason
    fresh.decided_by, fresh.decided_at = actor, timezone.now()
    fresh.claimed_by = fresh.claimed_until = None
    fresh.before = {"post_state": before}
    fresh.save()
    payload = {
        "post_id": fresh.post_id,
        "message_id": fresh.message_id,
        "author_id": fresh.author_id,
        "decision": str(chosen),
        "reason": reason,
        "before": before,
        "after": after,
        "reporter_ids": list(fresh.reports.order_by("id").values_list("reporter_id", flat=True)),
    }
    record(CASE_DECIDED, actor=actor, target=fresh, payload=payload, space_id=fresh.space_id)
    return fresh


@transaction.atomic
def undo_decision(*, actor: Member, case: Case) -> Case:
    """Take a decision back: the post is as it was before, its penalty is lifted, the case waits again.

    A post that something else has happened to since stays as that left it.
    Raises `Refused`, or `Conflict` when it is not decided or the post has a newer case.
    """
    fresh = _lock(case)
    can_judge(actor, fresh).require()
    if fresh.state != CaseState.DECIDED:
        raise Conflict("not_decided", _("There is no decision to take back."))
    newer = Case.objects.filter(state=CaseState.OPEN)
    if newer.filter(fresh.same_subject()).exists():
        raise Conflict("newer_case", _("This was reported again. Decide the newer case instead."))
    for penalty in Penalty.objects.filter(case=fresh, lifted_at=None):
        lift_penalty(actor=actor, penalty=penalty)
    before, ours = fresh.before.get("post_state", State.VISIBLE), NEW_STATE[Decision(fresh.decision)]
    if before in (State.VISIBLE, State.HIDDEN, State.REMOVED) and fresh.subject.state == ours != before:
        _set_state(actor, fresh.subject, before, "")
    decision = fresh.decision
    fresh.state = CaseState.OPEN
    fresh.decision = fresh.decision_reason = ""
    fresh.decided_by = fresh.decided_at = None
    fresh.due_at = timezone.now() + limits.DUE.span()
    fresh.save()
    payload = {
        "post_id": fresh.post_id,
        "message_id": fresh.message_id,
        "author_id": fresh.author_id,
        "decision": decision,
    }
    record(CASE_REOPENED, actor=actor, target=fresh, payload=payload, space_id=fresh.space_id)
    return fresh


def _set_state(actor: Member, subject: Post | Message, state: str, reason: str) -> str:
    if isinstance(subject, Message):
        return set_message_state(actor=actor, message=subject, state=state, reason=reason).state
    return set_post_state(actor=actor, post=subject, state=state, reason=reason).state


def _penalise(actor: Member, case: Case, chosen: Decision, reason: str, days: int | None) -> None:
    if case.author is None:
        raise Conflict(
            "author_left", _("The author has left, so there is nobody to warn. Remove the post instead.")
        )
    length = None if chosen is Decision.WARN else check_days(days or USUAL_DAYS[chosen]())
    penalise_member(actor=actor, member=case.author, kind=str(chosen), reason=reason, days=length, case=case)


def _lock(case: Case) -> Case:
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("post__thread", "message", "author")
        .get(pk=case.pk)
    )
