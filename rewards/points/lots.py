"""Which lot pays which transfer. The book says what moved; this works out the rest behind the same locks, in a few statements.

What comes in is a new lot: one statement for all of a book. Lots are only read when something goes out or back.
"""

import datetime as dt
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Conflict
from rewards.points.models import Allocation, Lot, Transfer

# Earlier than every community: what was there before lots were kept is the oldest.
BEFORE_LOTS = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
FAR = dt.datetime.max.replace(tzinfo=dt.UTC)
# What comes back to a lot whose date has gone by counts this much longer.
GRACE = dt.timedelta(days=30)

_OPEN = """
SELECT * FROM (
  SELECT lot.*, wanted.need,
    sum(lot.remaining) OVER (PARTITION BY lot.account_id ORDER BY lot.expires_at NULLS LAST, lot.came_at, lot.id)
      - lot.remaining AS before,
    sum(lot.remaining) OVER (PARTITION BY lot.account_id) AS total
  FROM points_lot lot JOIN unnest(%s::bigint[], %s::bigint[]) AS wanted(account_id, need) USING (account_id)
  WHERE lot.remaining > 0
) AS open WHERE before < need OR transfer_id = ANY(%s::bigint[])
"""
_CHANGE = """
UPDATE points_lot AS lot SET remaining = lot.remaining + move.amount, expires_at = coalesce(move.expires_at, lot.expires_at)
FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[]) AS move(id, amount, expires_at)
WHERE lot.id = move.id AND lot.remaining + move.amount BETWEEN 0 AND lot.amount
"""


@dataclass(frozen=True, slots=True)
class Move:
    """So much into (or, below zero, out of) the account a member spends from, by one transfer."""

    transfer: Transfer | None
    account_id: int
    amount: int


def _order(lot: Lot) -> tuple[dt.datetime, dt.datetime, int]:
    return (lot.expires_at or FAR, lot.came_at, lot.pk or 2**63)


@dataclass(slots=True)
class _Shelf:
    """The open lots of one account, as far as they are needed, in the order in which they are spent."""

    lots: list[Lot] = field(default_factory=list)

    def put(self, lot: Lot) -> None:
        if lot not in self.lots:
            insort(self.lots, lot, key=_order)

    def first(self, own: int | None) -> Iterable[Lot]:
        """What a transfer takes back goes out first; then what expires first, then the oldest."""
        mine = [lot for lot in self.lots if own is not None and lot.transfer_id == own]
        return [*mine, *(lot for lot in self.lots if lot not in mine)]


class Lots:
    """The lots of one book. `balances` are those of the accounts before it."""

    def __init__(self, moves: list[Move], balances: Mapping[int, int]) -> None:
        self._moves = moves
        self._shelves: dict[int, _Shelf] = defaultdict(_Shelf)
        self._new: list[Lot] = []
        self._change: dict[int, int] = defaultdict(int)
        self._longer: dict[int, dt.datetime] = {}
        self._rows: list[tuple[Lot, Transfer | None, int]] = []
        self._paid: dict[int, list[Allocation]] = defaultdict(list)
        self._read(balances)

    def settle(self) -> None:
        """Work out every move in its order and write what came of it."""
        for move in self._moves:
            if move.amount < 0:
                self._take(move)
            else:
                self._bring(move)
        self.write()

    def _read(self, balances: Mapping[int, int]) -> None:
        out: dict[int, int] = defaultdict(int)
        back = []
        for move in self._moves:
            if move.amount < 0:
                out[move.account_id] -= move.amount
            elif move.transfer is not None and move.transfer.reverses_id is not None:
                back.append(move.transfer.reverses_id)
        if back:
            taken = Allocation.objects.filter(transfer_id__in=back, amount__lt=0).select_related("lot")
            known: dict[int, Lot] = {}
            for row in taken:
                row.lot = known.setdefault(row.lot_id, row.lot)
                self._paid[row.transfer_id or 0].append(row)
        if out:
            self.fill(out, balances)

    def fill(self, out: Mapping[int, int], balances: Mapping[int, int]) -> None:
        """Read as many lots of each account as are needed, and make up for what they do not speak of."""
        own = [
            move.transfer.reverses_id for move in self._moves if move.transfer and move.transfer.reverses_id
        ]
        found = self._load(out, own)
        if any(total > balances[pk] for pk, total in found.items()):
            found = self._load(dict.fromkeys(out, 2**62), own)
        for pk in out:
            self._cover(pk, balances[pk] - found.get(pk, 0))

    def _load(self, need: Mapping[int, int], own: list[int]) -> dict[int, int]:
        totals: dict[int, int] = {}
        known = {row.lot_id: row.lot for rows in self._paid.values() for row in rows}
        for read in Lot.objects.raw(_OPEN, [list(need), list(need.values()), own]):
            totals[read.account_id] = int(read.total)  # type: ignore[attr-defined]  # beside the columns of a lot
            self._shelves[read.account_id].put(known.get(read.pk, read))
        return totals

    def _cover(self, account_id: int, missing: int) -> None:
        """Make up for what moved while lots were not kept: a lot for what no lot speaks of, or less in those there are."""
        if missing > 0:
            self._add(Lot(account_id=account_id, amount=missing, remaining=missing, came_at=BEFORE_LOTS))
        elif missing < 0:
            self._take(Move(None, account_id, missing))

    def _add(self, lot: Lot) -> None:
        self._new.append(lot)
        self._shelves[lot.account_id].put(lot)

    def _take(self, move: Move) -> None:
        left = -move.amount
        own = move.transfer.reverses_id if move.transfer else None
        for lot in self._shelves[move.account_id].first(own):
            part = min(left, lot.remaining)
            if part:
                self._shift(lot, move.transfer, -part)
                left -= part
        if left:
            raise Conflict("balance_moved", _("The balance changed meanwhile. Nothing was spent; try again."))

    def _bring(self, move: Move) -> None:
        left = move.amount - self._give_back(move)
        if left:
            came_at = timezone.now()
            self._add(
                Lot(
                    account_id=move.account_id,
                    transfer=move.transfer,
                    amount=left,
                    remaining=left,
                    came_at=came_at,
                )
            )

    def _give_back(self, move: Move) -> int:
        """Return points to the lots they were taken from, what counts longest first. Returns how many found theirs."""
        given, transfer = 0, move.transfer
        paid = self._paid.get(transfer.reverses_id or 0, []) if transfer else []
        for row in sorted(paid, key=lambda row: _order(row.lot), reverse=True):
            part = min(-row.amount, move.amount - given, row.lot.amount - row.lot.remaining)
            if part:
                self._shift(row.lot, transfer, part)
                self._let_count(row.lot)
                self._shelves[move.account_id].put(row.lot)
                given += part
        return given

    def _let_count(self, lot: Lot) -> None:
        if lot.expires_at is not None and lot.expires_at <= timezone.now():
            lot.expires_at = self._longer[lot.pk] = timezone.now() + GRACE

    def _shift(self, lot: Lot, transfer: Transfer | None, amount: int) -> None:
        lot.remaining += amount
        self._rows.append((lot, transfer, amount))
        if lot.pk:
            self._change[lot.pk] += amount

    def write(self) -> None:
        """Write new lots, what is left in the others, and who took what."""
        if self._new:
            Lot.objects.bulk_create(self._new, batch_size=2000)
        ids = sorted(self._change)
        if ids:
            with connection.cursor() as cursor:
                longer = [self._longer.get(pk) for pk in ids]
                cursor.execute(_CHANGE, [ids, [self._change[pk] for pk in ids], longer])
                if cursor.rowcount != len(ids):
                    raise Conflict(
                        "balance_moved", _("The balance changed meanwhile. Nothing was spent; try again.")
                    )
        if self._rows:
            rows = [Allocation(lot=lot, transfer=transfer, amount=n) for lot, transfer, n in self._rows]
            Allocation.objects.bulk_create(rows, batch_size=2000)


def cover(balances: Mapping[int, int]) -> None:
    """Make the lots of locked accounts add up to their balances, where something moved while lots were not kept."""
    lots = Lots([], balances)
    lots.fill(dict.fromkeys(balances, 2**62), balances)
    lots.write()
