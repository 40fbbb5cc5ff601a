"""Comparing every derived number with its rows, and healing what has drifted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from community.members.models import Member
from community.spaces.models import Space, Tag
from community.threads.behind import tell_everyone
from community.threads.counters.contributions import awaited
from community.threads.counters.truth import (
    ALL_TAGS,
    CONTRIBUTED,
    COUNTERS,
    LAGGING,
    SPACES,
    Counter,
    drifted_among,
    drifted_between,
    ranges,
    recount_rows,
)
from community.threads.models import Post


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


def recount_after_import() -> list[int]:
    """Count what spaces, tags and authors show anew, and tell who is behind, all at once: after an import nearly all has moved.

    The numbers of threads and posts themselves an import fills in as it writes them. Returns everyone who ever wrote.
    """
    recount_rows(SPACES, Space.objects.values_list("pk", flat=True))
    recount_rows(ALL_TAGS, Tag.objects.values_list("pk", flat=True))
    authors = list(
        Member.objects.filter(Exists(Post.objects.filter(author=OuterRef("pk")))).values_list("pk", flat=True)
    )
    recount_rows(CONTRIBUTED, authors)
    tell_everyone()
    return authors


def _recount(counter: Counter, *, heal: bool) -> Drift:
    found: list[int] = []
    for first, last in ranges(counter):
        drifted = drifted_between(counter, first, last)
        if drifted and counter in LAGGING:
            drifted = drifted_among(counter, set(drifted) - awaited(counter))
        found += recount_rows(counter, drifted) if heal else drifted
    return Drift(counter.table, counter.columns, len(found), tuple(found[:5]))
