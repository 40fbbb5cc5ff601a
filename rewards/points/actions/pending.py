"""Stopping an award that is on its way, by hand, and letting it go on."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Conflict
from community.members.models import Member
from rewards.points import limits
from rewards.points.book import Book
from rewards.points.earning.promises import tell_of
from rewards.points.models import PendingAward, PendingState
from rewards.points.permissions import can_adjust_points


@transaction.atomic
def stop_pending(*, actor: Member, pending: PendingAward, reason: str) -> PendingAward:
    """Let an award on its way not come, with a reason its member reads. What earned it does not earn it again by itself.

    Raises `Refused`, `Invalid`, `RateLimited`, or `Conflict` when it is final or was undone meanwhile.
    """
    memo = _check(actor, pending, reason)
    row = _lock(pending, PendingState.WAITING)
    return _settle(actor, row, PendingState.STOPPED, memo, "stopped")


@transaction.atomic
def resume_pending(*, actor: Member, pending: PendingAward, reason: str) -> PendingAward:
    """Let an award go on that was stopped by hand; what is due by then is paid within a minute, if it still stands.

    Raises `Refused`, `Invalid`, `RateLimited`, or `Conflict` when it was not stopped.
    """
    memo = _check(actor, pending, reason)
    row = _lock(pending, PendingState.STOPPED)
    return _settle(actor, row, PendingState.WAITING, memo, "resumed")


def _check(actor: Member, pending: PendingAward, reason: str) -> str:
    can_adjust_points(actor, pending.member).require()
    limits.ADJUST.spend(actor)
    return limits.check_reason(reason)


def _lock(pending: PendingAward, state: PendingState) -> PendingAward:
    """Lock the account first, as whoever pays or undoes does, then the award, which must be as it is thought to be."""
    Book({pending.member_id})
    row = PendingAward.objects.select_for_update().get(pk=pending.pk)
    if row.state != state:
        raise Conflict("pending_moved", _("Something else became of it meanwhile. Look again."))
    return row


def _settle(actor: Member, row: PendingAward, state: PendingState, memo: str, how: str) -> PendingAward:
    row.state, row.memo = state, memo
    row.settled_at = None if state == PendingState.WAITING else timezone.now()
    row.save(update_fields=["state", "memo", "settled_at"])
    tell_of([row], actor_id=actor.pk, how=how)
    return row
