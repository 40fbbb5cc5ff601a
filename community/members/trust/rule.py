"""Which level follows from facts, from what was decided, and from what was before. No database in here."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from community.members.models import TrustRecord
from community.members.trust import limits
from community.members.trust.facts import PENALTIES
from community.members.trust.marks import HIGHEST, marks_of

REGULAR = 3


class Outcome(NamedTuple):
    """The level to have, and since when a regular is below its marks."""

    level: int
    below_since: dt.datetime | None


def earned_level(facts: Mapping[str, int]) -> int:
    """Return the highest level whose marks, and those of all below it, are met. The fourth is never earned."""
    level = 0
    while level < REGULAR and meets(level + 1, facts):
        level += 1
    return level


def meets(level: int, facts: Mapping[str, int], percent: int = 100) -> bool:
    """Whether every mark of a level (or a share of each) is met. No penalty lets anybody become a regular."""
    if level == REGULAR and facts.get(PENALTIES, 0):
        return False
    return all(not mark.missing(facts, percent) for mark in marks_of(level))


def outcome(current: int, record: TrustRecord | None, facts: Mapping[str, int], now: dt.datetime) -> Outcome:
    """Return the level a member has from now on.

    The first two are never lost. A regular who falls below the marks keeps the level for a while; a penalty ends it.
    """
    floor = record.floor if record else 0
    if record is not None and record.is_locked:
        return Outcome(floor, None)
    if current >= HIGHEST or floor >= HIGHEST:
        return Outcome(HIGHEST, None)
    earned = earned_level(facts)
    if current < REGULAR or max(earned, floor) >= REGULAR:
        return Outcome(max(current, earned, floor), None)
    return _of_regular(record, facts, now)


def _of_regular(record: TrustRecord | None, facts: Mapping[str, int], now: dt.datetime) -> Outcome:
    if facts.get(PENALTIES, 0):
        return Outcome(REGULAR - 1, None)
    if meets(REGULAR, facts, limits.KEEP()):
        return Outcome(REGULAR, None)
    since = (record.below_since if record else None) or now
    return Outcome(REGULAR - 1, None) if now - since >= limits.GRACE.span() else Outcome(REGULAR, since)
