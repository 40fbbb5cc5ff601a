"""Points set aside: reserved, then taken in whole or in part, let go, or timed out. Each ends exactly once.

A key is written before anything is locked, so that a request that comes twice waits for itself and gets the same answer.
"""

import datetime as dt

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from rewards.points import limits
from rewards.points.accounts import spend_account_id
from rewards.points.actions.ledger import adjust
from rewards.points.amounts import check_amount
from rewards.points.book import Book, set_aside, show_to_spend
from rewards.points.lapsing import has_overdue, lapse_first
from rewards.points.models import MAIN, REVIEW_SCOPE, Hold, HoldState, Transfer, TransferKind
from rewards.points.permissions import can_adjust_points, can_settle_hold, can_spend
from rewards.points.programmes import own_key
from rewards.points.verbs import HOLD_ENDED, POINTS_HELD

HOLD_SCOPE = "hold"
BATCH = 200

_RESERVE = """
INSERT INTO points_hold (account_id, member_id, amount, captured, state, scope, key, memo, created_at, expires_at)
VALUES (%s, %s, %s, 0, 'open', %s, %s, %s, clock_timestamp(),
  clock_timestamp() + make_interval(secs => %s))
ON CONFLICT (scope, key) DO NOTHING RETURNING id
"""


@transaction.atomic
def reserve(
    *,
    actor: Member,
    amount: int,
    scope: str,
    key: str,
    memo: str,
    lasts: dt.timedelta,
    programme: str | None = None,
) -> Hold:
    """Set some of `actor`'s points (of the main programme unless said) aside for `lasts`, once for each (`scope`, `key`).

    The same request is answered by the same hold.

    What has reached its date is moved out first; what was set aside in time may be captured after it.
    Raises `Refused` when there are not as many, `Invalid`, `RateLimited`, or `Conflict` when the key was used for something else.
    """
    can_spend(actor).require()
    limits.SPEND.spend(actor)
    check_amount(amount)
    if not dt.timedelta() < lasts <= limits.LONGEST_HOLD:
        raise Invalid("hold_time", _("Points can be held for up to a year."))
    place = own_key(actor, programme)
    account_id = spend_account_id(actor.pk, place)
    hold, is_new = _write_once(account_id, actor.pk, amount, (scope, key), memo, lasts)
    if is_new:
        _lapse_first(actor.pk, account_id, place)
        _put_aside(actor, hold, place)
    return hold


@transaction.atomic
def hold_back(*, actor: Member, member: Member, amount: int, reason: str, key: str) -> Hold:
    """Set points of somebody else aside, or what is free of them, while a person looks at how they came; with a reason they read.

    Nobody decides for `limits.REVIEW` days: then they are free again. Raises `Refused`, `Invalid`, `RateLimited`, or
    `Conflict` when nothing is free.
    """
    can_adjust_points(actor, member).require()
    limits.ADJUST.spend(actor)
    memo = limits.check_reason(reason)
    check_amount(amount)
    account_id = spend_account_id(member.pk)
    _lapse_first(member.pk, account_id, MAIN)
    free = Book({member.pk}).purse(member.pk).to_spend
    if free < 1:
        raise Conflict("nothing_to_hold", _("Nothing of it is free to be held."))
    hold, is_new = _write_once(
        account_id, member.pk, min(amount, free), (REVIEW_SCOPE, key), memo, limits.REVIEW.span()
    )
    if is_new:
        _put_aside(actor, hold, MAIN)
    return hold


@transaction.atomic
def take_held(*, actor: Member, hold: Hold, reason: str) -> Transfer:
    """Take away what is held back, by one correction with a reason that its member reads. The hold ends with it.

    Raises `Refused`, `Invalid`, `RateLimited`, or `Conflict` when it ended already.
    """
    can_adjust_points(actor, hold.member).require()
    if hold.scope != REVIEW_SCOPE:
        raise Invalid("not_held_back", _("These points are held for something their member wants."))
    # Only what ended before brings the moment when it did.
    if release(actor=actor, hold=hold, reason=reason).ended_at is not None:
        raise Conflict("hold_ended", _("This was settled already, in another way."))
    earned = min(hold.amount, Book({hold.member_id}).purse(hold.member_id).status.balance)
    return adjust(
        actor=actor,
        member=hold.member,
        earned=-earned,
        spendable=-hold.amount,
        reason=reason,
        key=f"{REVIEW_SCOPE}:{hold.pk}",
    )


@transaction.atomic
def capture(*, actor: Member | None, hold: Hold, amount: int | None = None) -> Transfer:
    """Spend what a hold set aside, or `amount` of it; the rest is free again. Done again, the answer is the same transfer.

    `actor` is None when the house settles it. Raises `Refused`, `Invalid`, or `Conflict` when it ended otherwise or is too late.
    """
    _require_right(actor, hold)
    taken = hold.amount if amount is None else amount
    check_amount(taken)
    if taken > hold.amount:
        raise Invalid("more_than_held", _("Only %(n)s points are held for this.") % {"n": hold.amount})
    book = Book({hold.member_id})
    locked = _lock(hold)
    if locked.state == HoldState.CAPTURED and locked.captured == taken and locked.transfer is not None:
        return locked.transfer
    _require_open(locked)
    programme = locked.account.programme_id
    book.let_go(hold.member_id, locked.amount, programme)
    transfer = book.spend(
        hold.member_id,
        taken,
        programme=programme,
        kind=TransferKind.SPENDING,
        scope=HOLD_SCOPE,
        key=str(hold.pk),
        memo=locked.memo,
        actor_id=actor.pk if actor else None,
        occurred_at=timezone.now(),
    )
    book.close()
    _end(locked, actor, HoldState.CAPTURED, captured=taken, transfer=transfer)
    return transfer


@transaction.atomic
def release(*, actor: Member | None, hold: Hold, reason: str = "") -> Hold:
    """Let go of what a hold set aside. Done again, nothing happens. Staff say why; the audit log keeps it.

    Raises `Refused`, `Invalid`, or `Conflict` when it was spent.
    """
    _require_right(actor, hold)
    why = limits.check_reason(reason) if actor is not None and actor.pk != hold.member_id else reason
    book = Book({hold.member_id})
    locked = _lock(hold)
    if locked.state in (HoldState.RELEASED, HoldState.EXPIRED):
        return locked
    if locked.state == HoldState.CAPTURED:
        raise Conflict("hold_ended", _("These points were spent already."))
    book.let_go(hold.member_id, locked.amount, locked.account.programme_id)
    book.show(hold.member_id)
    _end(locked, actor, HoldState.RELEASED, reason=why)
    return locked


@transaction.atomic
def expire_holds(batch: int = BATCH) -> int:
    """Let go of some of the holds whose time is over, by the database's clock. Returns how many; 0 means that none is left."""
    due = list(Hold.objects.overdue().order_by("expires_at", "pk")[:batch])
    if not due:
        return 0
    book = Book({hold.member_id for hold in due})
    locked = Hold.objects.overdue().select_for_update(of=("self",)).filter(pk__in=[hold.pk for hold in due])
    ended = list(locked.select_related("account").order_by("pk"))
    for hold in ended:
        book.let_go(hold.member_id, hold.amount, hold.account.programme_id)
        _end(hold, None, HoldState.EXPIRED)
    book.show(*{hold.member_id for hold in ended})
    return len(due)


def _write_once(
    account_id: int, member_id: int, amount: int, key: tuple[str, str], memo: str, lasts: dt.timedelta
) -> tuple[Hold, bool]:
    """Return the hold of a key, and whether it is new. Raises `Conflict` when the key was used for something else."""
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, [account_id, member_id, amount, *key, memo, lasts.total_seconds()])
        is_new = cursor.fetchone() is not None
    hold = Hold.objects.get(scope=key[0], key=key[1])
    if not is_new and (hold.account_id, hold.amount) != (account_id, amount):
        raise Conflict("key_reused", _("This was answered already, for something else."))
    return hold, is_new


def _put_aside(actor: Member, hold: Hold, programme: str) -> None:
    free = set_aside(hold.account_id, hold.amount)
    if programme == MAIN:
        show_to_spend({hold.member_id: free})
    payload = {
        "member_id": hold.member_id,
        "amount": hold.amount,
        "memo": hold.memo,
        "expires_at": hold.expires_at.isoformat(),
    }
    record(POINTS_HELD, actor=actor, target=hold, payload=payload)


def _lapse_first(member_id: int, account_id: int, programme: str) -> None:
    """Move out what is over before more is set aside. Only then the account is locked: nearly always there is nothing."""
    if has_overdue(account_id):
        book = Book({member_id})
        lapse_first(book, member_id, programme)
        book.close()


def _require_right(actor: Member | None, hold: Hold) -> None:
    if actor is not None:
        can_settle_hold(actor, hold).require()


def _lock(hold: Hold) -> Hold:
    """Read a hold again behind the lock of its account: whoever ends it, comes this way."""
    late = Q(state=HoldState.OPEN, expires_at__lte=Now())
    rows = Hold.objects.select_for_update(of=("self",)).select_related("account")
    return rows.annotate(is_late=late).get(pk=hold.pk)


def _require_open(locked: Hold) -> None:
    if locked.state != HoldState.OPEN:
        raise Conflict("hold_ended", _("This was settled already, in another way."))
    if locked.is_late:  # type: ignore[attr-defined]  # annotated by `_lock`
        raise Conflict("hold_expired", _("The time for this is over, so the points are free again."))


def _end(
    hold: Hold,
    actor: Member | None,
    state: HoldState,
    *,
    captured: int = 0,
    transfer: Transfer | None = None,
    reason: str = "",
) -> None:
    """Write down how a hold ended, once: the row count is what says so."""
    ended = Hold.objects.open().filter(pk=hold.pk)
    if ended.update(state=state, captured=captured, transfer=transfer, ended_at=Now()) != 1:
        raise Conflict("hold_ended", _("This was settled already, in another way."))
    hold.state, hold.captured, hold.transfer = state, captured, transfer
    payload = {
        "member_id": hold.member_id,
        "how": str(state),
        "amount": hold.amount,
        "captured": captured,
        "memo": hold.memo,
        "reason": reason,
    }
    record(HOLD_ENDED, actor=actor, target=hold, payload=payload)
