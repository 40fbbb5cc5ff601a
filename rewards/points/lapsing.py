"""Moving out points to spend whose date is over: before they could be spent, and every night for everybody.

The same lines for both, so that a night that comes late, or not at all, lets nobody spend what does not count any more.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext_noop

from rewards.points.book import Book
from rewards.points.expiring import ACTIVE
from rewards.points.expiry import ends_at
from rewards.points.models import MAIN, Account, Expiry, Lot, Programme, Transfer

EXPIRY_SCOPE = "expiry"
_SAID = gettext_noop("Points to spend that had reached their date")


def lapse_first(book: Book, member_id: int) -> None:
    """Let a book begin with moving out what is over of a member's points, so that what it spends next still counts.

    Nothing is written when the book is not closed: a spending that is refused changes nothing, and the night comes anyway.
    """
    account = book.purse(member_id).spend
    if has_overdue(account.pk):
        put_off([account])
        lapse(book, [member_id])


def has_overdue(account_id: int) -> bool:
    """Return whether something of an account has reached its date, by the database's clock. Nothing is locked."""
    return Lot.objects.overdue().filter(account_id=account_id).exists()


def lapse(book: Book, member_ids: Iterable[int]) -> None:
    """Move points to spend whose time is over out of the accounts a book locked. What is held waits until its hold ends."""
    accounts = {pk: book.purse(pk).spend.pk for pk in member_ids}
    # Read only now, behind the locks.
    moment = timezone.now()
    overdue = Lot.objects.overdue().filter(account_id__in=accounts.values())
    due = dict(overdue.values_list("account_id").annotate(Sum("remaining")))
    for pk, account_id in accounts.items():
        amount = min(int(due.get(account_id, 0)), book.purse(pk).to_spend)
        if amount > 0:
            book.expire(
                pk,
                amount,
                scope=EXPIRY_SCOPE,
                key=f"{account_id}:{moment.isoformat()}",
                memo=_SAID,
                occurred_at=moment,
            )


def put_off(accounts: Iterable[Account]) -> None:
    """Where inactivity decides: let what locked accounts hold count on from the last time their owners took part."""
    programme = Programme.objects.get(key=MAIN)
    if programme.expiry != Expiry.INACTIVITY:
        return
    mine = list(accounts)
    last = last_active({account.owner_id or 0 for account in mine})
    for account in mine:
        since = last.get(account.owner_id or 0)
        date = ends_at(programme, max(since, programme.switched_at)) if since else None
        if date:
            Lot.objects.open().filter(account=account, expires_at__lt=date).update(expires_at=date)


def last_active(member_ids: set[int]) -> dict[int, dt.datetime]:
    """Return when members last earned or spent something; who never did is left out."""
    acted = Transfer.objects.filter(member_id__in=member_ids, kind__in=ACTIVE)
    return dict(acted.values_list("member_id").annotate(at=Max("created_at")))
