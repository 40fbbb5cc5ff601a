"""Making an appeal, upholding or rejecting it, and taking that back."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from community.moderation import limits
from community.moderation.actions import close_case, lift_penalty, open_case, reinstate_penalty
from community.moderation.appeals.permissions import can_appeal_case, can_appeal_penalty
from community.moderation.case_kinds import case_kind, kind_of
from community.moderation.models import Appeal, AppealState, Case, CaseState, Penalty, Stage
from community.moderation.verbs import APPEAL_DECIDED, APPEAL_MADE, CASE_OVERTURNED

KIND = "appeal"


@transaction.atomic
def appeal_case(*, actor: Member, case: Case, words: str) -> Appeal:
    """Speak, once, against what befell `actor` in `case`. While reports alone hid a post, the words join its open case.

    Raises `Refused`, `RateLimited`, `Invalid`, or `Conflict` when they did already.
    """
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    can_appeal_case(actor, fresh).require()
    stage = Stage.HIDDEN if fresh.state == CaseState.OPEN else Stage.DECIDED
    appeal = _write(actor, Appeal(member=actor, case=fresh, stage=stage), words)
    if stage == Stage.DECIDED:
        open_case(actor=actor, kind=case_kind(KIND), subject=appeal, about=actor, space_id=fresh.space_id)
    return appeal


@transaction.atomic
def appeal_penalty(*, actor: Member, penalty: Penalty, words: str) -> Appeal:
    """Speak, once, against a penalty that was laid without a case. Raises like `appeal_case`."""
    fresh = Penalty.objects.select_for_update().get(pk=penalty.pk)
    can_appeal_penalty(actor, fresh).require()
    appeal = _write(actor, Appeal(member=actor, penalty=fresh), words)
    open_case(actor=actor, kind=case_kind(KIND), subject=appeal, about=actor)
    return appeal


@transaction.atomic
def uphold_appeal(*, actor: Member, appeal: Appeal, reason: str) -> dict[str, Any]:
    """Undo what was decided: the post is shown, penalties end. Returns what taking that back needs."""
    fresh = _lock(appeal)
    kept: dict[str, Any] = {}
    about = Q(case=fresh.case_id) if fresh.case_id else Q(pk=fresh.penalty_id)
    penalties = list(Penalty.objects.filter(about, lifted_at=None).order_by("pk"))
    # First the penalties: who is paused could not have written what is let through now.
    for penalty in penalties:
        lift_penalty(actor=actor, penalty=penalty)
    if fresh.case_id is not None:
        kept = _overturn(actor, Case.objects.select_for_update().get(pk=fresh.case_id))
    _settle(actor, fresh, AppealState.UPHELD, reason)
    return {"kept": kept, "penalties": [penalty.pk for penalty in penalties]}


@transaction.atomic
def reject_appeal(*, actor: Member, appeal: Appeal, reason: str) -> None:
    """Leave what was decided as it is, and tell the member why."""
    _settle(actor, _lock(appeal), AppealState.REJECTED, reason)


@transaction.atomic
def reopen_appeal(*, actor: Member, appeal: Appeal, kept: dict[str, Any]) -> None:
    """Take the decision about an appeal back: what it undid is in force again, and the appeal waits."""
    fresh = _lock(appeal)
    was_upheld = fresh.state == AppealState.UPHELD
    fresh.state, fresh.answer, fresh.decided_at = AppealState.OPEN, "", None
    fresh.save(update_fields=["state", "answer", "decided_at"])
    if not was_upheld:
        return
    if fresh.case_id is not None:
        _reimpose(actor, Case.objects.select_for_update().get(pk=fresh.case_id), kept.get("kept", {}))
    for penalty in Penalty.objects.filter(pk__in=kept.get("penalties", ()), lifted_at__isnull=False):
        reinstate_penalty(actor=actor, penalty=penalty)


@transaction.atomic
def drop_moot_appeals(*, actor: Member | None, case_id: int | None, penalty_id: int | None) -> None:
    """End appeals against what was taken back meanwhile. A later decision may be appealed anew."""
    waiting = Appeal.objects.filter(state=AppealState.OPEN, stage=Stage.DECIDED)
    about = Q(case=case_id) if case_id else Q(penalty=penalty_id)
    for appeal in waiting.filter(about).order_by("pk"):
        # The case of the appeal first, as whoever decides it at this moment locks them.
        close_case(actor=actor, kind=case_kind(KIND), subject=appeal)
        waiting.filter(pk=appeal.pk).update(state=AppealState.MOOT)


def _write(actor: Member, appeal: Appeal, words: str) -> Appeal:
    limits.APPEAL.spend(actor)
    appeal.words = words.strip()
    if not 0 < len(appeal.words) <= limits.APPEAL_LENGTH:
        sentence = _("Tell the team in your own words, in at most %(most)d characters.") % {
            "most": limits.APPEAL_LENGTH
        }
        raise Invalid("words_unfit", sentence, fields={"words": sentence})
    try:
        with transaction.atomic():
            appeal.save()
    except IntegrityError as error:
        raise Conflict(
            "appealed_already",
            _("You appealed already. The team looks at it and tells you what they decide."),
        ) from error
    payload = {"case_id": appeal.case_id, "penalty_id": appeal.penalty_id}
    record(APPEAL_MADE, actor=actor, target=appeal, payload=payload)
    return appeal


def _lock(appeal: Appeal) -> Appeal:
    return Appeal.objects.select_for_update().get(pk=appeal.pk)


def _settle(actor: Member, appeal: Appeal, state: AppealState, reason: str) -> None:
    appeal.state, appeal.answer, appeal.decided_at = state, reason, timezone.now()
    appeal.save(update_fields=["state", "answer", "decided_at"])
    payload = {
        "case_id": appeal.case_id,
        "penalty_id": appeal.penalty_id,
        "member_id": appeal.member_id,
        "outcome": str(state),
        "reason": reason,
    }
    record(APPEAL_DECIDED, actor=actor, target=appeal, payload=payload)


def _overturn(actor: Member, case: Case) -> dict[str, Any]:
    overturn = kind_of(case).overturn
    if case.state != CaseState.DECIDED or overturn is None:
        raise Conflict("not_decided", _("There is no decision to take back."))
    kept = overturn(actor, case)
    _move(actor, case, CaseState.UNDONE)
    return kept


def _reimpose(actor: Member, case: Case, kept: dict[str, Any]) -> None:
    reimpose = kind_of(case).reimpose
    if case.state != CaseState.UNDONE or reimpose is None:
        raise Conflict("not_undone", _("Something else has happened to this case since."))
    reimpose(actor, case, kept)
    _move(actor, case, CaseState.DECIDED)


def _move(actor: Member, case: Case, state: CaseState) -> None:
    before, case.state = case.state, state
    case.save(update_fields=["state"])
    payload = {
        "kind": case.kind,
        "subject_type": case.subject_type,
        "subject_id": case.subject_id,
        "post_id": case.post_id,
        "message_id": case.message_id,
        "author_id": case.author_id,
        "decision": case.decision,
        "before": str(before),
        "after": str(state),
    }
    record(CASE_OVERTURNED, actor=actor, target=case, payload=payload, space_id=case.space_id)
