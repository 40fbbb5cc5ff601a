"""Moving points: awards by rule, taking back, corrections by hand, spending."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Conflict, Invalid, Refused
from community.members.models import Member, Role
from rewards.points import limits
from rewards.points.accounts import Place
from rewards.points.amounts import check_amount, check_whole
from rewards.points.book import Book
from rewards.points.earning.desk import Claim
from rewards.points.earning.till import Till
from rewards.points.lapsing import lapse_first
from rewards.points.models import EarningRule, PendingAward, PendingState, Transfer, TransferKind
from rewards.points.permissions import can_adjust_points, can_spend
from rewards.points.programmes import existing_key, own_key, places_of


@transaction.atomic
def award(
    *,
    actor: Member | None,
    rule_key: str,
    member_id: int,
    source_type: str,
    source_id: int,
    giver_id: int | None = None,
    activity_id: int | None = None,
    thread_id: int | None = None,
    post_id: int | None = None,
    occurred_at: dt.datetime | None = None,
    quiet: bool = False,
) -> Transfer | None:
    """Give a member what a rule pays for one source, once. For features whose happenings points cannot hear themselves.

    The rule says in which programme. Returns None when it was paid already, is on its way, the day is full, the rule is paused,
    or the member earns nothing (staff, or who takes no part in the programme).
    """
    rule = EarningRule.objects.in_force().filter(key=rule_key).first()
    if rule is None or giver_id == member_id or not _earns(member_id):
        return None
    moment = occurred_at or timezone.now()
    claim = Claim(
        rule=rule,
        member_id=member_id,
        source=(source_type, source_id),
        moment=moment,
        post_id=post_id,
        giver_id=giver_id,
        thread_id=thread_id,
        activity_id=activity_id,
        actor_id=actor.pk if actor else None,
        quiet=quiet,
    )
    book = Book({member_id}, places_of([rule], {member_id}))
    if not book.holds(member_id, rule.programme_id):
        return None
    till = Till(book, {member_id}, moments=[moment], sources=[claim.source], rules=[rule])
    transfer = till.settle(till.desk.price(claim))
    till.close()
    return transfer


@transaction.atomic
def withdraw_awards(
    *,
    actor: Member | None,
    source_type: str,
    source_id: int,
    memo: str,
    activity_id: int | None = None,
    quiet: bool = False,
) -> list[Transfer]:
    """Take back whatever was awarded for a source and still stands. Doing it twice changes nothing."""
    here = {"source_type": source_type, "source_id": source_id}
    paid = Transfer.objects.filter(kind=TransferKind.AWARD, **here)
    waiting = PendingAward.objects.filter(state=PendingState.WAITING, **here)
    members = {pk for rows in (paid, waiting) for pk in rows.values_list("member_id", flat=True)}
    source = (source_type, source_id)
    till = Till(Book(members), members, moments=[], sources=[source], rules=[])
    for pending in list(till.history.waiting(source)):
        till.cancel(pending, memo=memo)
    for transfer in list(till.history.live(source)):
        till.take_back(
            transfer,
            memo=memo,
            occurred_at=timezone.now(),
            activity_id=activity_id,
            actor_id=actor.pk if actor else None,
            quiet=quiet,
        )
    return till.close()


@transaction.atomic
def reverse(*, actor: Member, transfer: Transfer, reason: str) -> Transfer:
    """Undo one transfer by hand, with a reason its member reads. What earned it does not earn it again by itself.

    Raises `Refused`, `Invalid`, or `Conflict` the second time.
    """
    can_adjust_points(actor, transfer.member).require()
    limits.ADJUST.spend(actor)
    memo = limits.check_reason(reason)
    book = Book({transfer.member_id})
    if transfer.kind == TransferKind.REVERSAL:
        raise Invalid("reversal_of_reversal", _("What was taken back can be given again by a correction."))
    if Transfer.objects.filter(reverses=transfer).exists():
        raise Conflict("reversed_already", _("This was taken back already."))
    reversal = book.reverse(transfer, by_hand=True, memo=memo, actor_id=actor.pk, occurred_at=timezone.now())
    book.close()
    return reversal


@transaction.atomic
def adjust(
    *,
    actor: Member,
    member: Member,
    earned: int,
    spendable: int,
    reason: str,
    key: str = "",
    programme: str | None = None,
) -> Transfer:
    """Correct a member's points by hand, in the main programme unless said; below zero takes away. `key` makes a form that is sent twice count once.

    Raises `Refused`, `Invalid`, `RateLimited`, or `Conflict` when the key was used for something else; then nothing changed.
    """
    memo = check_correction(actor, member, earned, spendable, reason)
    if max(abs(earned), abs(spendable)) > limits.ALONE():
        sentence = _("Above %(n)s points another manager confirms: propose the correction.")
        raise Refused("second_person", sentence % {"n": limits.ALONE()})
    place = (member.pk, existing_key(programme))
    book = Book({member.pk}, {place})
    moment = timezone.now()
    key = key or f"{actor.pk}:{member.pk}:{moment.timestamp()}"
    before = _answered("adjustment", key, place, (earned, spendable))
    if before is not None:
        return before
    transfer = book.issue(
        member.pk,
        earned=earned,
        spendable=spendable,
        programme=place[1],
        kind=TransferKind.ADJUSTMENT,
        scope="adjustment",
        key=key,
        memo=memo,
        actor_id=actor.pk,
        occurred_at=moment,
    )
    book.close()
    return transfer


def check_correction(actor: Member, member: Member, earned: int, spendable: int, reason: str) -> str:
    """Return the reason of a correction as it is kept. Raises unless `actor` may make it, of this size, for that reason."""
    can_adjust_points(actor, member).require()
    limits.ADJUST.spend(actor)
    memo = limits.check_reason(reason)
    _check_amounts(earned, spendable)
    if member.is_staff and (earned > 0 or spendable > 0):
        raise Invalid("staff_earn_nothing", _("People of the team do not earn points."))
    return memo


@transaction.atomic
def spend(
    *, actor: Member, amount: int, scope: str, key: str, memo: str, programme: str | None = None
) -> Transfer:
    """Spend some of `actor`'s points, of the main programme unless said, once for each (`scope`, `key`).

    The answer to the same request is the same transfer.

    What has reached its date is moved out first, in the same transaction.
    Raises `Refused` when there are not as many, `Conflict` when the key was used for something else.
    """
    can_spend(actor).require()
    limits.SPEND.spend(actor)
    check_amount(amount)
    place = (actor.pk, own_key(actor, programme))
    book = Book({actor.pk}, {place})
    before = _answered(scope, key, place, (0, -amount))
    if before is not None:
        return before
    lapse_first(book, *place)
    transfer = book.spend(
        actor.pk,
        amount,
        programme=place[1],
        kind=TransferKind.SPENDING,
        scope=scope,
        key=key,
        memo=memo,
        actor_id=actor.pk,
        occurred_at=timezone.now(),
    )
    book.close()
    return transfer


def _answered(scope: str, key: str, place: Place, amounts: tuple[int, int]) -> Transfer | None:
    """Return the transfer that a key made already, if it made one. Raises `Conflict` when it made another than this."""
    before = Transfer.objects.filter(scope=scope, key=key).first()
    if before is None:
        return None
    if ((before.member_id, before.programme_id), (before.earned, before.spendable)) != (place, amounts):
        raise Conflict("key_reused", _("This was answered already, for something else."))
    return before


def _earns(member_id: int) -> bool:
    return Member.objects.filter(pk=member_id, is_active=True, role=Role.MEMBER).exists()


def _check_amounts(earned: int, spendable: int) -> None:
    check_whole(earned, spendable)
    if earned == 0 and spendable == 0:
        sentence = _("Choose how many points to give or take.")
        raise Invalid("amount", sentence, fields={"earned": sentence})
    most = limits.LARGEST_ADJUSTMENT()
    if max(abs(earned), abs(spendable)) > most:
        sentence = _("At most %(n)s points at a time.") % {"n": most}
        raise Invalid("amount", sentence, fields={"earned": sentence})
