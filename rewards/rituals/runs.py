"""From the weeks that counted to what is in a row. Plain reckoning: no database, no clock but the day it is given.

A missed week is bridged by a spare one of the month in which it began, as long as there is one; it adds nothing to the
length. Spare weeks are used while something runs and only for weeks that are over, so the running week can never end
anything. All of it follows from the weeks that counted and the day: counted at once or day by day, it is the same.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

A_DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class Walk:
    """How a member's weeks add up: what runs now, the longest, since which day each length was first reached, and
    for which weeks a spare one was used (by their first day)."""

    current: int = 0
    longest: int = 0
    began_on: dt.date | None = None
    first_at: dict[int, dt.date] = field(default_factory=dict)
    frozen: set[dt.date] = field(default_factory=set)
    left: int = 0


def period_of(day: dt.date, unit: str) -> dt.date:
    """Return the first day of the week (a Monday), or the day itself."""
    return day - day.weekday() * A_DAY if unit == "week" else day


def step_of(unit: str) -> dt.timedelta:
    """Return how long a period is."""
    return 7 * A_DAY if unit == "week" else A_DAY


def walk(counted: Iterable[dt.date], *, unit: str, freezes: int, today: dt.date) -> Walk:
    """Return how the periods that counted add up by `today`, of which there may be one that still runs."""
    step, now = step_of(unit), period_of(today, unit)
    found, used = Walk(), Counter[tuple[int, int]]()
    due = now
    for start in sorted(counted):
        if start > now:
            break
        if found.current and not _bridge(found, used, due, start, step, freezes):
            found.current = 0
        if not found.current:
            found.began_on = start
        found.current += 1
        found.longest = max(found.longest, found.current)
        found.first_at.setdefault(found.current, start)
        due = start + step
    if found.current and not _bridge(found, used, due, now, step, freezes):
        found.current, found.began_on = 0, None
    found.left = max(freezes - used[now.year, now.month], 0)
    return found


def _bridge(
    found: Walk,
    used: Counter[tuple[int, int]],
    first: dt.date,
    end: dt.date,
    step: dt.timedelta,
    freezes: int,
) -> bool:
    """Use a spare one for each period from `first` to before `end`. Returns False at the first that has none."""
    while first < end:
        month = first.year, first.month
        if used[month] >= freezes:
            return False
        used[month] += 1
        found.frozen.add(first)
        first += step
    return True
