"""Warning, silencing and suspending members, and lifting it again. The member is always told why and until when."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.actions import set_restriction
from community.members.models import Member
from community.moderation import limits
from community.moderation.models import Case, Penalty, PenaltyKind
from community.moderation.permissions import can_penalise
from community.moderation.verbs import MEMBER_PENALISED, PENALTY_LIFTED


@transaction.atomic
def penalise_member(
    *,
    actor: Member | None,
    member: Member,
    kind: str,
    reason: str,
    days: int | None = None,
    case: Case | None = None,
) -> Penalty:
    """Warn (`warn`), silence or suspend `member` for `days`; without an actor a rule does, until the case is decided.

    Raises `Refused` or `Invalid`.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    if actor is not None:
        can_penalise(actor, member).require()
    if kind not in PenaltyKind.values:
        sentence = _("Choose a warning, a pause in writing, or a pause of the account.")
        raise Invalid("kind_unknown", sentence, fields={"kind": sentence})
    reason = check_reason(reason)
    until = None if kind == PenaltyKind.WARN else timezone.now() + dt.timedelta(days=check_days(days))
    penalty = Penalty.objects.create(
        member=member, kind=kind, reason=reason, until=until, case=case, given_by=actor
    )
    _restrict(actor, member)
    _record(actor, penalty)
    return penalty


@transaction.atomic
def lift_penalty(*, actor: Member, penalty: Penalty) -> Penalty:
    """End a penalty before its time. What a rule laid ends with the decision of its case, whoever takes that.

    Raises `Refused`, or `Conflict` when it was lifted already.
    """
    member = Member.objects.select_for_update().get(pk=penalty.member_id)
    if penalty.given_by_id is not None or penalty.case_id is None:
        can_penalise(actor, member).require()
    now = timezone.now()
    if Penalty.objects.filter(pk=penalty.pk, lifted_at=None).update(lifted_at=now, lifted_by=actor) != 1:
        raise Conflict("lifted_already", _("This penalty was lifted already."))
    _restrict(actor, member)
    payload = {"member_id": member.pk, "kind": penalty.kind, "penalty_id": penalty.pk}
    record(PENALTY_LIFTED, actor=actor, target=member, payload=payload)
    penalty.refresh_from_db()
    return penalty


@transaction.atomic
def reinstate_penalty(*, actor: Member, penalty: Penalty) -> Penalty:
    """Put a lifted penalty in force again, because lifting it was taken back. Raises `Refused` or `Conflict`."""
    member = Member.objects.select_for_update().get(pk=penalty.member_id)
    can_penalise(actor, member).require()
    lifted = Penalty.objects.filter(pk=penalty.pk, lifted_at__isnull=False)
    if lifted.update(lifted_at=None, lifted_by=None) != 1:
        raise Conflict("in_force", _("This penalty is in force."))
    _restrict(actor, member)
    penalty.refresh_from_db()
    _record(actor, penalty)
    return penalty


def check_reason(reason: str) -> str:
    """Return the reason without surrounding space. Raises `Invalid` when it is missing or too long."""
    reason = reason.strip()
    if not reason:
        sentence = _("Write the reason. The member is told.")
        raise Invalid("reason_missing", sentence, fields={"reason": sentence})
    if len(reason) > limits.REASON_LENGTH:
        sentence = _("Use at most %(most)d characters; this has %(n)d.") % {
            "most": limits.REASON_LENGTH,
            "n": len(reason),
        }
        raise Invalid("reason_too_long", sentence, fields={"reason": sentence})
    return reason


def check_days(days: int | None) -> int:
    """Return a usable number of days. Raises `Invalid` otherwise."""
    if days is None or not 1 <= days <= limits.LONGEST_DAYS:
        sentence = _("Choose between 1 and %(most)d days.") % {"most": limits.LONGEST_DAYS}
        raise Invalid("days_out_of_range", sentence, fields={"days": sentence})
    return days


def _record(actor: Member | None, penalty: Penalty) -> None:
    payload = {
        "member_id": penalty.member_id,
        "kind": str(penalty.kind),
        "reason": penalty.reason,
        "until": penalty.until.isoformat() if penalty.until else "",
        "penalty_id": penalty.pk,
        "case_id": penalty.case_id,
    }
    record(MEMBER_PENALISED, actor=actor, target=penalty.member, payload=payload)


def _restrict(actor: Member | None, member: Member) -> None:
    """Write the strictest of the penalties in force onto the member."""
    rows = Penalty.objects.filter(member=member, lifted_at=None, until__gt=timezone.now()).order_by("until")
    until: dict[str, dt.datetime] = {}
    reason = ""
    for row in rows:
        assert row.until is not None
        until[row.kind], reason = row.until, row.reason
    set_restriction(
        actor=actor,
        member=member,
        suspended_until=until.get(PenaltyKind.SUSPEND),
        silenced_until=until.get(PenaltyKind.SILENCE),
        reason=reason,
    )
