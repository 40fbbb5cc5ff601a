"""Comparing every derived number with its rows, and healing what has drifted."""

from collections.abc import Sequence
from dataclasses import dataclass

from community.threads.counters.contributions import awaited
from community.threads.counters.truth import (
    COUNTERS,
    LAGGING,
    Counter,
    drifted_among,
    drifted_between,
    ranges,
    recount_rows,
)


@dataclass(frozen=True, slots=True)
class Drift:
    """How many rows of a table held a number that the rows do not confirm, and examples of them."""

    table: str
    columns: tuple[str, ...]
    rows: int
    examples: tuple[int, ...]


def recount(counters: Sequence[Counter] = COUNTERS, *, heal: bool = True) -> list[Drift]:
    """Compare derived numbers with the rows they are derived from, heal them, and return what had drifted."""
    return [drift for counter in counters if (drift := _recount(counter, heal=heal)).rows]


def _recount(counter: Counter, *, heal: bool) -> Drift:
    found: list[int] = []
    for first, last in ranges(counter):
        drifted = drifted_between(counter, first, last)
        if drifted and counter in LAGGING:
            drifted = drifted_among(counter, set(drifted) - awaited(counter))
        found += recount_rows(counter, drifted) if heal else drifted
    return Drift(counter.table, counter.columns, len(found), tuple(found[:5]))
