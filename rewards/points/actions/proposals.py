"""Corrections above a limit: one manager proposes, another confirms or declines. Never the same person."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Refused
from community.members.models import Member
from rewards.points import limits
from rewards.points.actions.ledger import check_correction
from rewards.points.book import Book
from rewards.points.models import Proposal, ProposalState, Transfer, TransferKind
from rewards.points.permissions import can_adjust_points
from rewards.points.programmes import existing_key
from rewards.points.verbs import ADJUSTMENT_DECIDED, ADJUSTMENT_PROPOSED


@transaction.atomic
def propose_adjustment(
    *,
    actor: Member,
    member: Member,
    earned: int,
    spendable: int,
    reason: str,
    key: str,
    programme: str | None = None,
) -> Proposal:
    """Ask another manager to correct a member's points. The same key is the same proposal.

    Raises `Refused`, `Invalid`, `RateLimited`, or `Conflict` when the key was used for something else.
    """
    memo = check_correction(actor, member, earned, spendable, reason)
    place = existing_key(programme)
    row, is_new = Proposal.objects.get_or_create(
        key=key,
        defaults={
            "member": member,
            "programme_id": place,
            "earned": earned,
            "spendable": spendable,
            "reason": memo,
            "proposed_by": actor,
        },
    )
    if (row.member_id, row.programme_id, row.earned, row.spendable) != (member.pk, place, earned, spendable):
        raise Conflict("key_reused", _("This was answered already, for something else."))
    if is_new:
        payload = {"member_id": member.pk, "earned": earned, "spendable": spendable, "reason": memo}
        record(ADJUSTMENT_PROPOSED, actor=actor, target=row, payload=payload)
    return row


@transaction.atomic
def confirm_adjustment(*, actor: Member, proposal: Proposal, note: str = "") -> Transfer:
    """Correct the points as another manager proposed; the audit log keeps a note. Raises `Refused`, `RateLimited`, or `Conflict` once it is decided."""
    _require_second(actor, proposal)
    book = Book({proposal.member_id}, {(proposal.member_id, proposal.programme_id)})
    row = _lock(proposal)
    transfer = book.issue(
        row.member_id,
        earned=row.earned,
        spendable=row.spendable,
        programme=row.programme_id,
        kind=TransferKind.ADJUSTMENT,
        scope="proposal",
        key=str(row.pk),
        memo=row.reason,
        actor_id=actor.pk,
        occurred_at=timezone.now(),
    )
    book.close()
    _decide(row, actor, ProposalState.CONFIRMED, transfer=transfer, why=note[:300])
    return transfer


@transaction.atomic
def decline_adjustment(*, actor: Member, proposal: Proposal, reason: str) -> Proposal:
    """Leave the points as they are, with a reason that the audit log keeps. Raises as `confirm_adjustment` does."""
    _require_second(actor, proposal)
    why = limits.check_reason(reason)
    row = _lock(proposal)
    _decide(row, actor, ProposalState.DECLINED, why=why)
    return row


def _require_second(actor: Member, proposal: Proposal) -> None:
    can_adjust_points(actor, proposal.member).require()
    if actor.pk == proposal.proposed_by_id:
        raise Refused("second_person", _("Another manager has to decide on what you proposed."))
    limits.ADJUST.spend(actor)


def _lock(proposal: Proposal) -> Proposal:
    row = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if row.state != ProposalState.WAITING:
        raise Conflict("decided_already", _("This was decided already."))
    return row


def _decide(
    row: Proposal, actor: Member, state: ProposalState, *, transfer: Transfer | None = None, why: str = ""
) -> None:
    row.state, row.decided_by, row.decided_at, row.transfer = state, actor, timezone.now(), transfer
    row.save(update_fields=["state", "decided_by", "decided_at", "transfer"])
    payload = {
        "member_id": row.member_id,
        "proposed_by_id": row.proposed_by_id,
        "how": str(state),
        "earned": row.earned,
        "spendable": row.spendable,
        "reason": why or row.reason,
    }
    record(ADJUSTMENT_DECIDED, actor=actor, target=row, payload=payload)
