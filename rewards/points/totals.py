"""The ledger of the main programme by day: days that are over from their sums, what came since from the ledger itself."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils import timezone

from community.sql import fetch
from rewards.points.models import DayTotal, Transfer

# A transaction that began before midnight may be written after it.
SETTLED = dt.timedelta(hours=1)
STEP = dt.timedelta(days=31)

_SUMS = """
SELECT (moved.created_at AT TIME ZONE 'UTC')::date AS day, coalesce(original.kind, moved.kind) AS kind, moved.rule_key,
  count(*) FILTER (WHERE moved.reverses_id IS NULL) AS times, sum(moved.earned) AS earned, sum(moved.spendable) AS spendable
FROM points_transfer moved LEFT JOIN points_transfer original ON original.id = moved.reverses_id
WHERE moved.programme_id = 'main' AND moved.created_at >= %s AND moved.created_at < %s
GROUP BY 1, 2, 3
"""
_KEEP = f"""
INSERT INTO points_daytotal (day, kind, rule_key, times, earned, spendable) {_SUMS}
ON CONFLICT (day, kind, rule_key) DO UPDATE SET times = excluded.times, earned = excluded.earned, spendable = excluded.spendable
"""


@dataclass(frozen=True, slots=True)
class DayRow:
    """What was booked on one day (UTC) of one kind by one rule."""

    day: dt.date
    kind: str
    rule_key: str
    times: int
    earned: int
    spendable: int


def keep_totals() -> int:
    """Count the days that are over and not counted yet, about a month in a transaction. Returns how many days those were."""
    counted = 0
    end = _midnight((timezone.now() - SETTLED).astimezone(dt.UTC).date())
    start = _first_uncounted()
    while start is not None and start < end:
        until = min(start + STEP, end)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_KEEP, [start, until])
        counted += (until - start).days
        start = until
    return counted


def read_totals(since: dt.date) -> list[DayRow]:
    """Return what was booked from a day (UTC) to now, in two statements; what no sum holds yet is read from the ledger."""
    columns = ("day", "kind", "rule_key", "times", "earned", "spendable")
    kept = [DayRow(*row) for row in DayTotal.objects.filter(day__gte=since).values_list(*columns)]
    start = _first_uncounted()
    if start is None:
        return kept
    start = max(start, _midnight(since))
    live = fetch(_SUMS, (start, timezone.now() + STEP), lambda row: DayRow(*row[:3], *map(int, row[3:])))
    return [row for row in kept if row.day < start.date()] + live


def _first_uncounted() -> dt.datetime | None:
    """Return the beginning of the first day that no sum holds; None while nothing ever moved."""
    last = DayTotal.objects.aggregate(day=Max("day"))["day"]
    if last is not None:
        return _midnight(last + dt.timedelta(days=1))
    # Ids rise with time, so the first row is the oldest day.
    first = Transfer.objects.aggregate(pk=Min("pk"))["pk"]
    at = Transfer.objects.filter(pk=first).values_list("created_at", flat=True).first()
    return _midnight(at.astimezone(dt.UTC).date()) if at else None


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
