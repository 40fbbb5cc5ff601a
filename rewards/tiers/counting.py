"""Which points count for a tier: all ever earned, or those of a time. One statement for any number of members."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from community.activity.one_row import read_row
from community.sql import fetch
from rewards.tiers.models import Basis, TierRules

# Awards and corrections of the main programme that stand, by the day they are for: what was taken back counts for no time.
COUNTED = """
SELECT moved.member_id, sum(moved.earned)::bigint AS points FROM points_transfer moved
LEFT JOIN points_transfer reversal ON reversal.reverses_id = moved.id
WHERE moved.kind IN ('award', 'adjustment') AND reversal.id IS NULL AND moved.programme_id = 'main'
AND moved.day BETWEEN %(first)s AND %(last)s
"""
_OF_SOME = COUNTED + "AND moved.member_id = ANY(%(members)s) GROUP BY moved.member_id"

LAST_DAY = dt.date(9999, 12, 31)
Span = tuple[dt.date, dt.date]


def current_rules() -> TierRules:
    """Return how tiers are reached and left now."""
    return read_row(TierRules)


def today() -> dt.date:
    """Return the day it is for points (UTC)."""
    return timezone.now().astimezone(dt.UTC).date()


def spans_of(rules: TierRules, on: dt.date) -> tuple[Span, ...]:
    """Return the times whose points count on a day: the better of them decides. None where all count for ever."""
    if rules.basis == Basis.MONTHS:
        return ((_months_before(on, rules.months), LAST_DAY),)
    if rules.basis == Basis.YEAR:
        this = dt.date(on.year, 1, 1)
        return (this, LAST_DAY), (dt.date(on.year - 1, 1, 1), this - dt.timedelta(days=1))
    return ()


def points_in(span: Span, member_ids: Iterable[int]) -> dict[int, int]:
    """Return what members earned in a time."""
    values = {"first": span[0], "last": span[1], "members": list(member_ids)}
    return dict(fetch(_OF_SOME, values, lambda row: (row[0], row[1])))


def points_that_count(rules: TierRules, earned: dict[int, int], on: dt.date | None = None) -> dict[int, int]:
    """Return the points that decide the tier of members (id to all they ever earned) on a day, today unless said."""
    spans = spans_of(rules, on or today())
    if not spans:
        return earned
    found = [points_in(span, earned) for span in spans]
    return {pk: max(0, *(sums.get(pk, 0) for sums in found)) for pk in earned}


@dataclass(frozen=True, slots=True)
class Outlook:
    """What will count on a day to come if nothing more is earned. `earning` counts for it already; `by` is the last day to add."""

    on: dt.date
    by: dt.date
    points: int
    earning: int


def outlook_of(rules: TierRules, member_id: int, earned: int) -> Outlook | None:
    """Return how a member stands once the present time ends: the year, or the month. None where nothing ever ends."""
    if not rules.is_windowed:
        return None
    now = today()
    on = dt.date(now.year + 1, 1, 1) if rules.basis == Basis.YEAR else _next_month(now)
    points = points_that_count(rules, {member_id: earned}, on)[member_id]
    span = spans_of(rules, now)[0]
    return Outlook(
        on, on - dt.timedelta(days=1), points, max(0, points_in(span, [member_id]).get(member_id, 0))
    )


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def _months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day some months before; the last of that month where it is shorter."""
    month = day.year * 12 + day.month - 1 - months
    year, number = month // 12, month % 12 + 1
    return dt.date(year, number, min(day.day, calendar.monthrange(year, number)[1]))
