"""A plain ledger in Python, of lists and sums, to hold the real one against: what should come of every act.

It knows nothing of accounts, legs or transfers. Lots are in the order in which they came.
"""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

NEVER = 10**6
# Later than every date that is given on purpose, and one after the other.
_longer = count(NEVER // 2)


@dataclass(slots=True, eq=False)
class PlainLot:
    """Points that came together. `over` says that their date has gone by."""

    amount: int
    left: int
    ends: int = NEVER
    over: bool = False


@dataclass(slots=True, eq=False)
class Act:
    """What one transfer did: `spend` is what the member gained (or lost) of it, `taken` which lots paid."""

    who: int
    earned: int
    spend: int
    lot: PlainLot | None = None
    taken: list[tuple[PlainLot, int]] = field(default_factory=list)
    is_undone: bool = False


@dataclass(slots=True)
class PlainBook:
    """One member: what they earned, their lots, what they owe, what is held."""

    who: int
    earned: int = 0
    owed: int = 0
    expired: int = 0
    lots: list[PlainLot] = field(default_factory=list)
    held: dict[Any, int] = field(default_factory=dict)

    @property
    def balance(self) -> int:
        return sum(lot.left for lot in self.lots)

    @property
    def free(self) -> int:
        return self.balance - sum(self.held.values())

    @property
    def in_time(self) -> int:
        """What is free and not over: what may be spent or set aside."""
        return self.free - min(self._over(), self.free)

    def _over(self) -> int:
        return sum(lot.left for lot in self.lots if lot.over)

    def gain(self, earned: int, points: int) -> Act:
        """Points come: what is owed is settled first."""
        act = Act(self.who, earned, points)
        self.earned += earned
        rest = self._settle(points)
        if rest:
            act.lot = PlainLot(rest, rest)
            self.lots.append(act.lot)
        return act

    def _settle(self, points: int) -> int:
        settled = min(self.owed, points)
        self.owed -= settled
        return points - settled

    def lose(self, points: int, *, first: PlainLot | None = None, earned: int = 0) -> Act:
        """Points go: from `first`, then from what ends first, then from the oldest."""
        act = Act(self.who, earned, -points)
        self.earned += earned
        order = sorted(self.lots, key=lambda lot: (lot is not first, lot.ends, self.lots.index(lot)))
        for lot in order:
            part = min(lot.left, points)
            if part:
                lot.left -= part
                points -= part
                act.taken.append((lot, part))
        assert points == 0
        return act

    def undo(self, act: Act) -> int:
        """An act is undone. Returns what the member's earned points changed by."""
        act.is_undone = True
        earned = max(-act.earned, -self.earned)
        self.earned += earned
        if act.spend > 0:
            there = min(act.spend, self.free)
            self.lose(there, first=act.lot)
            self.owed += act.spend - there
        else:
            self._give_back(act, self._settle(-act.spend))
        return earned

    def _give_back(self, act: Act, rest: int) -> None:
        for lot, part in sorted(act.taken, key=lambda pair: (-pair[0].ends, -self.lots.index(pair[0]))):
            back = min(part, rest, lot.amount - lot.left)
            if back:
                lot.left += back
                rest -= back
                if lot.over:
                    lot.over, lot.ends = False, next(_longer)
        if rest:
            self.lots.append(PlainLot(rest, rest))

    def pass_time(self) -> int:
        """What is over and not held goes."""
        gone = min(self._over(), self.free)
        if gone:
            self.lose(gone)
            self.expired += gone
        return gone
