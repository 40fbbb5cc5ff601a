"""Who helped most, of those who chose to appear: counted from the ledger."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import ngettext
from redis.exceptions import RedisError

from community.members.models import Member, Role
from community.sql import fetch

SHOWN = 20
COUNTED = 1000
KEEP_SECONDS = 120


class Period(StrEnum):
    """How far back a list looks. Weeks begin on Monday, months on the first; every list begins anew with them."""

    WEEK = "week"
    MONTH = "month"
    ALL = "all"


# Awards that stand, by rules that count as helping, of members who chose to appear.
_RANKS = """
SELECT award.member_id,
    sum(award.earned)::bigint AS points,
    count(*) FILTER (WHERE award.rule_key = 'answer_accepted') AS accepted,
    count(*) FILTER (WHERE award.rule_key <> 'answer_accepted') AS marks
FROM points_transfer award
JOIN points_earningrule rule ON rule.id = award.rule_id AND rule.for_helping
JOIN members_member member ON member.id = award.member_id
    AND member.on_leaderboards AND member.is_active AND member.role = 'member'
LEFT JOIN points_transfer reversal ON reversal.reverses_id = award.id
WHERE award.kind = 'award' AND reversal.id IS NULL AND award.day >= %s
GROUP BY award.member_id
ORDER BY points DESC, accepted DESC, award.member_id
LIMIT %s
"""

Row = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Rank:
    """One place: who, and what for."""

    place: int
    member: Member
    reason: str
    is_viewer: bool


@dataclass(frozen=True, slots=True)
class Board:
    """One list. `around` is the viewer's own place with its neighbours, when it is further down than the list goes."""

    period: Period
    ranks: list[Rank]
    around: list[Rank]
    viewer_appears: bool
    viewer_can_appear: bool


def first_day(period: Period, today: dt.date) -> dt.date:
    """Return the day a period began."""
    if period is Period.WEEK:
        return today - dt.timedelta(days=today.weekday())
    if period is Period.MONTH:
        return today.replace(day=1)
    return dt.date(2000, 1, 1)


def get_board(viewer: Member | None, period: Period) -> Board:
    """Return the list of a period as `viewer` sees it. Only they are told their own place."""
    rows = _ranked(period)
    mine = next((at for at, row in enumerate(rows) if viewer is not None and row[0] == viewer.pk), None)
    nearby = (
        range(max(SHOWN, mine - 1), min(len(rows), mine + 2)) if mine is not None and mine >= SHOWN else ()
    )
    people = _people([rows[at][0] for at in (*range(min(SHOWN, len(rows))), *nearby)])
    return Board(
        period=period,
        ranks=_ranks(rows, range(min(SHOWN, len(rows))), people, viewer),
        around=_ranks(rows, nearby, people, viewer),
        viewer_appears=viewer is not None and viewer.on_leaderboards,
        viewer_can_appear=viewer is not None and viewer.role == Role.MEMBER and not viewer.quiet_mode,
    )


def most_helpful(limit: int) -> tuple[Period, list[Rank]]:
    """Return the first few of this week, or of the month while the week is young."""
    for period in (Period.WEEK, Period.MONTH):
        rows = _ranked(period)[:limit]
        if rows:
            return period, _ranks(rows, range(len(rows)), _people([row[0] for row in rows]), None)
    return Period.WEEK, []


def _ranks(
    rows: list[Row], places: Iterable[int], people: dict[int, Member], viewer: Member | None
) -> list[Rank]:
    return [
        Rank(
            at + 1,
            people[rows[at][0]],
            say_reason(*rows[at][1:]),
            viewer is not None and viewer.pk == rows[at][0],
        )
        for at in places
        if rows[at][0] in people
    ]


def say_reason(points: int, accepted: int, marks: int) -> str:
    """Say what a place is for, the points that decide it first."""
    parts = [ngettext("%(n)s point", "%(n)s points", points) % {"n": points}]
    if accepted:
        parts.append(ngettext("%(n)s answer accepted", "%(n)s answers accepted", accepted) % {"n": accepted})
    if marks:
        parts.append(ngettext("%(n)s mark from a reader", "%(n)s marks from readers", marks) % {"n": marks})
    return ", ".join(parts)


def _people(pks: list[int]) -> dict[int, Member]:
    """Load those who still appear: the list is remembered for a while, a choice counts at once."""
    members = Member.objects.get_queryset().present().filter(role=Role.MEMBER, on_leaderboards=True)
    return members.in_bulk(pks)


def _ranked(period: Period) -> list[Row]:
    """Return who stands where, remembered for two minutes; counted afresh while the cache is away."""
    today = timezone.now().astimezone(dt.UTC).date()
    key = f"leaderboard:{period}:{today}"
    try:
        known = cache.get(key)
    except (RedisError, OSError):
        known = None
    if known is not None:
        return [(a, b, c, d) for a, b, c, d in known]
    rows = fetch(_RANKS, [first_day(period, today), COUNTED], lambda row: (row[0], row[1], row[2], row[3]))
    try:
        cache.set(key, rows, KEEP_SECONDS)
    except (RedisError, OSError):
        return rows
    return rows
