"""What a member does here, as one stream: each feature adds the strands it knows of, and the page asks all of them.

    add_source(Source(find_doings, (Strand("replied", 2, _("Replies"), icon="reply"), …)))

A source is asked once for all of its strands that are wanted, and answers with one statement. It gives only what the
viewer may read. Lower features import none of the upper ones: called from `AppConfig.ready()`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from community.errors import NotFound
from community.members.models import Member
from community.members.permissions import can_read_profile
from community.members.queries import get_member_for

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

PAGE = 20
# The number of a row among all strands: its own, times this, and the rank of its strand.
RANKS = 16
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TICK = dt.timedelta(microseconds=1)


class Mark(NamedTuple):
    """The last of a page: when it was, and its number, which settles what was at the same moment."""

    moment: dt.datetime
    number: int

    def __str__(self) -> str:
        return f"{(self.moment - _EPOCH) // _TICK}.{self.number}"


class Doing(NamedTuple):
    """One thing that somebody did. `line` says what, as safe HTML; `words` are the first words of it, as plain text."""

    strand: str
    moment: dt.datetime
    number: int
    title: str
    url: str
    line: Markup
    words: str = ""
    place: str = ""
    people: int = 1

    @property
    def mark(self) -> Mark:
        """Where a page that ends with it goes on."""
        return Mark(self.moment, self.number)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a source is asked: `most` doings of `member` of some strands, before a mark, that `viewer` may read."""

    viewer: Member | None
    member: Member
    strands: frozenset[str]
    before: Mark | None
    most: int


def _anyone(viewer: Member | None, member: Member) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Strand:
    """One kind of doings. `rank` is its own among all, below `RANKS`; `may_see` says whether a viewer is shown it at all."""

    name: str
    rank: int
    label: "_StrOrPromise"
    icon: str
    tone: str = ""
    may_see: Callable[[Member | None, Member], bool] = _anyone


@dataclass(frozen=True, slots=True)
class Source:
    """What one feature knows of what members do."""

    find: Callable[[Asked], list[Doing]]
    strands: tuple[Strand, ...]


class DoingsPage(NamedTuple):
    """A page of what a member did, the latest first. `show` is the strand it is narrowed to, empty for all."""

    member: Member
    strands: list[Strand]
    show: str
    doings: list[Doing]
    after: Mark | None

    def strand(self, doing: Doing) -> Strand:
        """Return the strand of one of the doings."""
        return next(strand for strand in self.strands if strand.name == doing.strand)


_sources: dict[str, Source] = {}


def add_source(key: str, source: Source) -> None:
    """Let the stream show what a feature knows; a later one of the same key replaces it."""
    _sources[key] = source


def strands_for(viewer: Member | None, member: Member) -> list[Strand]:
    """Return the strands of `member` that `viewer` is shown; none of a profile that is kept to its owner."""
    if not can_read_profile(viewer, member):
        return []
    strands = (strand for source in _sources.values() for strand in source.strands)
    return sorted((s for s in strands if s.may_see(viewer, member)), key=lambda strand: strand.rank)


def list_doings(
    viewer: Member | None, handle: str, *, show: str = "", after: str = "", most: int = PAGE
) -> DoingsPage:
    """Return what a member did, of one strand or of all. Raises `NotFound` where they keep their profile to themselves."""
    member = get_member_for(viewer, handle)
    strands = strands_for(viewer, member)
    if not strands:
        raise NotFound()
    show = show if show in {strand.name for strand in strands} else ""
    wanted = frozenset(strand.name for strand in strands if not show or strand.name == show)
    found = _ask(viewer, member, wanted, read_mark(after), most + 1)
    shown = found[:most]
    return DoingsPage(member, strands, show, shown, shown[-1].mark if len(found) > most else None)


def _ask(
    viewer: Member | None, member: Member, wanted: frozenset[str], before: Mark | None, most: int
) -> list[Doing]:
    found: list[Doing] = []
    for source in _sources.values():
        mine = wanted & {strand.name for strand in source.strands}
        if mine:
            found += source.find(Asked(viewer, member, mine, before, most))
    return sorted(found, key=lambda doing: doing.mark, reverse=True)[:most]


def read_mark(text: str) -> Mark | None:
    """Read a mark from an address. What is not one begins at the beginning."""
    ticks, _dot, number = text.partition(".")
    if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in (ticks, number)):
        return None
    try:
        return Mark(_EPOCH + dt.timedelta(microseconds=int(ticks)), int(number))
    except OverflowError:
        return None


def numbers_before(before: Mark | None, rank: int) -> tuple[dt.datetime, int] | None:
    """Return a mark as rows of one strand compare with it: their moment, and the key below which they come after it.

    Of rows at the moment of the mark, those come after whose number is smaller.
    """
    if before is None:
        return None
    # key * RANKS + rank < number, as a bound of the key itself.
    return before.moment, -(-(before.number - rank) // RANKS)
