"""Moving out points to spend whose date is over: before they could be spent, and every night for everybody.

The same lines for both, so that a night that comes late, or not at all, lets nobody spend what does not count any more.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext_noop

from rewards.points.accounts import Place
from rewards.points.book import Book
from rewards.points.expiring import ACTIVE
from rewards.points.expiry import ends_at
from rewards.points.models import MAIN, Account, Expiry, Lot, Programme, Transfer

EXPIRY_SCOPE = "expiry"
_SAID = gettext_noop("Points to spend that had reached their date")


def lapse_first(book: Book, member_id: int, programme: str = MAIN) -> None:
    """Let a book begin with moving out what is over of a member's points, so that what it spends next still counts.

    Nothing is written when the book is not closed: a spending that is refused changes nothing, and the night comes anyway.
    """
    account = book.purse(member_id, programme).spend
    if has_overdue(account.pk):
        put_off([account])
        lapse(book, [(member_id, programme)])


def has_overdue(account_id: int) -> bool:
    """Return whether something of an account has reached its date, by the database's clock. Nothing is locked."""
    return Lot.objects.overdue().filter(account_id=account_id).exists()


def lapse(book: Book, places: Iterable[Place]) -> None:
    """Move points to spend whose time is over out of the accounts a book locked. What is held waits until its hold ends."""
    accounts = {place: book.purse(*place).spend.pk for place in sorted(places)}
    # Read only now, behind the locks.
    moment = timezone.now()
    overdue = Lot.objects.overdue().filter(account_id__in=accounts.values())
    due = dict(overdue.values_list("account_id").annotate(Sum("remaining")))
    for (pk, programme), account_id in accounts.items():
        amount = min(int(due.get(account_id, 0)), book.purse(pk, programme).to_spend)
        if amount > 0:
            book.expire(
                pk,
                amount,
                programme,
                scope=EXPIRY_SCOPE,
                key=f"{account_id}:{moment.isoformat()}",
                memo=_SAID,
                occurred_at=moment,
            )


def put_off(accounts: Iterable[Account]) -> None:
    """Where inactivity decides: let what locked accounts hold count on from the last time their owners took part."""
    programmes = {row.key: row for row in Programme.objects.filter(expiry=Expiry.INACTIVITY)}
    mine = [account for account in accounts if account.programme_id in programmes] if programmes else []
    last = last_active({account.owner_id or 0 for account in mine})
    for account in mine:
        programme, since = programmes[account.programme_id], last.get(place_of(account))
        date = ends_at(programme, max(since, programme.switched_at)) if since else None
        if date:
            Lot.objects.open().filter(account=account, expires_at__lt=date).update(expires_at=date)


def last_active(member_ids: set[int]) -> dict[Place, dt.datetime]:
    """Return when members last earned or spent something in each programme; where they never did is left out."""
    if not member_ids:
        return {}
    acted = Transfer.objects.filter(member_id__in=member_ids, kind__in=ACTIVE)
    rows = acted.order_by().values_list("member_id", "programme__key").annotate(at=Max("created_at"))
    return {(member_id, programme): at for member_id, programme, at in rows}


def place_of(account: Account) -> Place:
    """Return whose account it is, in which programme."""
    return account.owner_id or 0, account.programme_id
