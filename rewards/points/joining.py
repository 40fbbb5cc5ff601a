"""Carrying points over when one account becomes part of another: out of one, into the other, by the same two entries as ever.

Rows of the ledger cannot change, so history stays with the old account and the sums move. What was owed ends with it.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.members.models import Member
from rewards.points.book import Book
from rewards.points.lapsing import lapse_first
from rewards.points.models import MAIN, Account, TransferKind


@transaction.atomic
def carry_over(source: Member, target: Member) -> None:
    """Move the balances of `source` to `target`. Raises `Refused` while some of it is held; done again, it moves nothing."""
    mine = Account.objects.filter(owner=source).values_list("programme__key", flat=True).distinct()
    # Also where nothing is left: what is on its way is paid there.
    book = Book({source.pk, target.pk}, {(target.pk, programme) for programme in mine})
    for programme in book.programmes_of(source.pk):
        # What is over would count again as if it had come today.
        lapse_first(book, source.pk, programme)
        _carry(book, source, target, programme)
    book.close()


def _carry(book: Book, source: Member, target: Member, programme: str) -> None:
    purse = book.purse(source.pk, programme)
    earned, spendable = purse.status.balance, purse.spend.balance
    if not earned and not spendable:
        return
    where = "" if programme == MAIN else f":{programme}"
    for member_id, sign, side in ((source.pk, -1, "out"), (target.pk, 1, "in")):
        book.issue(
            member_id,
            earned=sign * earned,
            spendable=sign * spendable,
            programme=programme,
            kind=TransferKind.ADJUSTMENT,
            scope="merge",
            key=f"{source.pk}:{target.pk}:{side}:{earned}:{spendable}{where}",
            memo=_("Two accounts of one person became one"),
            occurred_at=timezone.now(),
            quiet=True,
        )
