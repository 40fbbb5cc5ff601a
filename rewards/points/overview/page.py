"""The overview as one typed page, and as rows for a spreadsheet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Max, Sum
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.members.models import Member
from community.plots import Plot, columns_of, line_of
from community.sql import fetch
from rewards.points.models import MAIN, Boost, Transfer, TransferKind
from rewards.points.overview.figures import (
    Burn,
    Figure,
    RuleRow,
    burn_rates,
    figures_of,
    outstanding,
    top_rules,
    waiting_by_rule,
)
from rewards.points.patterns import Pattern, find_patterns
from rewards.points.totals import DayRow, read_totals

SPANS = (7, 30, 90, 365)
USUAL, LONGEST = 30, 365
# Who earned most is read from the ledger itself, and so for fewer days than the sums tell of.
EARNER_DAYS = 90
MOST = 10

_EARNERS = """
SELECT member_id, sum(earned)::bigint, count(*) FILTER (WHERE earned > 0) FROM (
  SELECT moved.member_id, moved.earned FROM points_transfer moved
  WHERE moved.created_at >= %(since)s AND moved.programme_id = 'main' AND moved.kind = 'award' AND (%(rule)s = '' OR moved.rule_key = %(rule)s)
  UNION ALL
  SELECT back.member_id, back.earned FROM points_transfer back JOIN points_transfer award ON award.id = back.reverses_id
  WHERE back.created_at >= %(since)s AND back.programme_id = 'main' AND back.kind = 'reversal' AND award.kind = 'award'
    AND (%(rule)s = '' OR back.rule_key = %(rule)s)
) AS net GROUP BY member_id HAVING sum(earned) > 0 ORDER BY 2 DESC, 1 LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Day:
    """One day (UTC): what moved, and what was outstanding at its end."""

    day: dt.date
    issued: int
    corrected: int
    spent: int
    expired: int
    outstanding: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the page says. `rule` narrows who earned most; `earner_days` is how far back that looks."""

    span: int
    rule: str
    figures: list[Figure]
    burns: list[Burn]
    rules: list[RuleRow]
    earners: list[tuple[Member, int, int]]
    earner_days: int
    campaigns: list[tuple[str, int, int]]
    waiting: list[tuple[str, int, int]]
    corrections: list[tuple[Transfer, Member | None]]
    patterns: list[Pattern]
    days: list[Day]
    issued: Plot
    owed: Plot


def get_overview(span: int, rule: str = "") -> Overview:
    """Return the overview of the last `span` days (UTC, today among them)."""
    now = timezone.now()
    today = now.astimezone(dt.UTC).date()
    year = read_totals(today - dt.timedelta(days=LONGEST - 1))
    since = today - dt.timedelta(days=span - 1)
    rows = [row for row in year if row.day >= since]
    days = _days(rows, since, today)
    ends = {"first": date_format(since, "SHORT_DATE_FORMAT"), "last": date_format(today, "SHORT_DATE_FORMAT")}
    shorter = min(span, EARNER_DAYS)
    start = dt.datetime.combine(today - dt.timedelta(days=shorter - 1), dt.time(), dt.UTC)
    return Overview(
        span=span,
        rule=rule,
        figures=figures_of(rows),
        burns=burn_rates(year, today),
        rules=top_rules(rows),
        earners=_earners(start, rule),
        earner_days=shorter,
        campaigns=_campaigns(since),
        waiting=waiting_by_rule(),
        corrections=_corrections(since),
        patterns=find_patterns(start),
        days=days,
        issued=columns_of([day.issued for day in days], **ends),
        owed=line_of([day.outstanding for day in days], **ends),
    )


def _days(rows: Sequence[DayRow], since: dt.date, today: dt.date) -> list[Day]:
    """Return every day. What was outstanding is worked out backwards from now, so that the last day is what the figures say."""
    moved: dict[dt.date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        moved[row.day][row.kind] += row.spendable
    left = outstanding()
    found = []
    day = today
    while day >= since:
        of = moved[day]
        found.append(
            Day(
                day,
                issued=of[TransferKind.AWARD],
                corrected=of[TransferKind.ADJUSTMENT],
                spent=-of[TransferKind.SPENDING],
                expired=-of[TransferKind.EXPIRY],
                outstanding=left,
            )
        )
        left -= sum(of.values())
        day -= dt.timedelta(days=1)
    return found[::-1]


def _earners(since: dt.datetime, rule: str) -> list[tuple[Member, int, int]]:
    rows = fetch(_EARNERS, {"since": since, "rule": rule, "most": MOST}, tuple)
    people = Member.objects.in_bulk([row[0] for row in rows])
    return [(people[pk], points, times) for pk, points, times in rows if pk in people]


def _campaigns(since: dt.date) -> list[tuple[str, int, int]]:
    """Return what campaigns that ran in this time gave on top of their rules: name, awards that stand, points."""
    boosts = Boost.objects.filter(
        campaign__active_to__date__gte=since, transfer__reversal=None, transfer__programme_id=MAIN
    )
    more = Greatest(F("transfer__earned") - F("base"), 0)
    sums = boosts.values_list("campaign__key").annotate(
        name=Max("campaign__name"), times=Count("pk"), points=Sum(more)
    )
    return [(name, times, int(points)) for _key, name, times, points in sums.order_by("-points")[:MOST]]


def _corrections(since: dt.date) -> list[tuple[Transfer, Member | None]]:
    """Return the newest corrections by hand of this time, with who made each."""
    start = dt.datetime.combine(since, dt.time(), dt.UTC)
    made = (
        Transfer.objects.filter(kind=TransferKind.ADJUSTMENT, programme_id=MAIN)
        .order_by("-pk")
        .select_related("member")
    )
    newest = [row for row in made[:MOST] if row.created_at >= start]
    people = Member.objects.in_bulk({row.actor_id for row in newest if row.actor_id})
    return [(row, people.get(row.actor_id or 0)) for row in newest]


def iterate_days(page: Overview) -> Iterator[list[str]]:
    """Yield the days as rows of text for a spreadsheet, the oldest first."""
    yield [_("Day (UTC)"), _("Issued"), _("Corrected"), _("Spent"), _("Expired"), _("Outstanding")]
    for day in page.days:
        numbers = (day.issued, day.corrected, day.spent, day.expired, day.outstanding)
        yield [day.day.isoformat(), *(str(number) for number in numbers)]
