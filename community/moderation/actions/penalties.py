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
from community.moderation.actions.hiding import hide_latest_posts, hide_posts_again, show_posts_again
from community.moderation.models import Case, Penalty, PenaltyKind
from community.moderation.permissions import can_penalise
from community.moderation.verbs import MEMBER_PENALISED, PENALTY_LIFTED
from community.writing.lines import too_long


@transaction.atomic
def penalise_member(
    *,
    actor: Member | None,
    member: Member,
    kind: str,
    reason: str,
    days: int | None = None,
    case: Case | None = None,
    hide_days: int | None = None,
) -> Penalty:
    """Warn (`warn`), silence or suspend `member` for `days`; without an actor a rule does, until the case is decided.

    With `hide_days`, what they wrote in so many days is hidden as well, until the penalty is lifted.
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
    if hide_days is not None:
        check_hide_days(hide_days)
    before = _closed_to(member)
    penalty = Penalty.objects.create(
        member=member, kind=kind, reason=reason, until=until, case=case, given_by=actor
    )
    if hide_days is not None and actor is not None:
        hide_latest_posts(actor=actor, penalty=penalty, days=hide_days)
    _restrict(actor, member)
    _record(actor, penalty, before=before, after=_closed_to(member))
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
    before = _closed_to(member)
    _restrict(actor, member)
    show_posts_again(actor=actor, penalty=penalty)
    payload = {
        "member_id": member.pk,
        "kind": penalty.kind,
        "penalty_id": penalty.pk,
        "before": before,
        "after": _closed_to(member),
    }
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
    before = _closed_to(member)
    _restrict(actor, member)
    penalty.refresh_from_db()
    hide_posts_again(actor=actor, penalty=penalty)
    _record(actor, penalty, before=before, after=_closed_to(member))
    return penalty


def check_reason(reason: str) -> str:
    """Return the reason without surrounding space. Raises `Invalid` when it is missing or too long."""
    reason = reason.strip()
    if not reason:
        sentence = _("Write the reason. The member is told.")
        raise Invalid("reason_missing", sentence, fields={"reason": sentence})
    if sentence := too_long(reason, limits.REASON_LENGTH):
        raise Invalid("reason_too_long", sentence, fields={"reason": sentence})
    return reason


def check_days(days: int | None) -> int:
    """Return a usable number of days. Raises `Invalid` otherwise."""
    if days is None or not 1 <= days <= limits.LONGEST_DAYS:
        sentence = _("Choose between 1 and %(most)d days.") % {"most": limits.LONGEST_DAYS}
        raise Invalid("days_out_of_range", sentence, fields={"days": sentence})
    return days


def check_hide_days(days: int) -> int:
    """Return over how many days what somebody wrote may be hidden. Raises `Invalid` otherwise."""
    if not 1 <= days <= limits.LONGEST_HIDING:
        sentence = _("Choose between 1 and %(most)d days.") % {"most": limits.LONGEST_HIDING}
        raise Invalid("days_out_of_range", sentence, fields={"hide_days": sentence})
    return days


def _closed_to(member: Member) -> str:
    """Return what is closed to a member until when, for the log; `open` when nothing is."""
    closed = {"suspended": member.suspended_until, "silenced": member.silenced_until}
    said = [f"{name} until {until.isoformat()}" for name, until in closed.items() if until]
    return ", ".join(said) or "open"


def _record(actor: Member | None, penalty: Penalty, *, before: str, after: str) -> None:
    payload = {
        "member_id": penalty.member_id,
        "kind": str(penalty.kind),
        "reason": penalty.reason,
        "until": penalty.until.isoformat() if penalty.until else "",
        "penalty_id": penalty.pk,
        "case_id": penalty.case_id,
        "hidden_post_ids": penalty.hidden_posts,
        "before": before,
        "after": after,
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
