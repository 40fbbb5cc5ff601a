"""Who stands where in a list: one statement over the daily sums of those who chose to appear."""

import datetime as dt
from typing import Any, NamedTuple

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from community.sql import fetch
from rewards.leaderboards.models import Board, BoardPeriod, Metric
from rewards.leaderboards.periods import Period, first_day

COUNTED = 1000
KEEP_SECONDS = 120
# A list that nobody asked for longer than this is counted while its first reader waits.
STALE_SECONDS = 3600


class Row(NamedTuple):
    """One place. Equal amounts share one; `line` is the row's own number. `accepted` and `marks` say what it is made of."""

    line: int
    place: int
    member_id: int
    amount: int
    accepted: int
    marks: int


_AMOUNT = {
    Metric.HELPING: ("sum(sums.helping)", "sums.helping > 0"),
    Metric.POINTS: ("sum(sums.points)", "true"),
    Metric.ACCEPTED: ("sum(sums.times)", "sums.rule_key = 'answer_accepted'"),
    Metric.MARKS: ("sum(sums.times)", "sums.rule_key = 'post_helped'"),
    Metric.RULE: ("sum(sums.times)", "sums.rule_key = %(rule)s"),
}

# Rows are numbered after everything else was narrowed, so that nobody who does not appear leaves a gap.
_RANKED = """
WITH score AS MATERIALIZED (
    SELECT sums.member_id, {amount}::bigint AS amount,
        COALESCE(sum(sums.times) FILTER (WHERE sums.helping > 0 AND sums.rule_key = 'answer_accepted'), 0)::bigint AS accepted,
        COALESCE(sum(sums.times) FILTER (WHERE sums.helping > 0 AND sums.rule_key <> 'answer_accepted'), 0)::bigint AS marks
    FROM leaderboards_daysum sums
    WHERE sums.day BETWEEN %(first)s AND %(last)s AND {counts} AND {space} GROUP BY sums.member_id),
ranked AS (
    SELECT row_number() OVER by_amount AS line, dense_rank() OVER (ORDER BY score.amount DESC) AS place,
        score.member_id, score.amount, score.accepted, score.marks
    FROM score JOIN members_member member ON member.id = score.member_id
        AND member.on_leaderboards AND member.is_active AND member.role = 'member'
    WHERE score.amount > 0 AND {among}
    WINDOW by_amount AS (ORDER BY score.amount DESC, score.member_id))
"""
_TOP = "SELECT * FROM ranked WHERE line > %(after)s ORDER BY line LIMIT %(limit)s"
_BEYOND = """SELECT * FROM ranked WHERE amount < %(amount)s OR (amount = %(amount)s AND member_id > %(member)s)
ORDER BY line LIMIT %(limit)s"""
_AROUND = """SELECT ranked.* FROM ranked, (SELECT line AS mine FROM ranked WHERE member_id = %(member)s) AS me
WHERE ranked.line BETWEEN me.mine - 1 AND me.mine + 1 ORDER BY ranked.line"""


def today() -> dt.date:
    """Return the day it is for all lists (UTC)."""
    return timezone.now().astimezone(dt.UTC).date()


def first_rows(board: Board, period: Period) -> list[Row]:
    """Return the first thousand places, remembered for two minutes; counted afresh while the cache is away."""
    return _remembered(board, period, "top", _TOP, {"after": 0, "limit": COUNTED})


def rows_beyond(board: Board, period: Period, after: tuple[int, int], limit: int) -> list[Row]:
    """Return the places that come after an amount and a member."""
    top = first_rows(board, period)
    rest = [row for row in top if (-row.amount, row.member_id) > (-after[0], after[1])]
    if len(rest) >= limit or len(top) < COUNTED:
        return rest[:limit]
    return _count(board, period, _BEYOND, {"amount": after[0], "member": after[1], "limit": limit})


def rows_around(board: Board, period: Period, member_id: int) -> list[Row]:
    """Return the place of one member with its neighbours; empty when they have none."""
    top = first_rows(board, period)
    at = next((at for at, row in enumerate(top) if row.member_id == member_id), None)
    if at is not None and at + 1 < COUNTED:
        return top[max(0, at - 1) : at + 2]
    if len(top) < COUNTED:
        return []
    return _remembered(board, period, f"around:{member_id}", _AROUND, {"member": member_id})


def forget(board: Board) -> None:
    """Count a list anew the next time: what it counts was changed."""
    try:
        cache.delete_many([_key(board, period, "top") for period in Period])
    except (RedisError, OSError):
        return


def _key(board: Board, period: Period, part: str) -> str:
    return f"leaderboard:{board.pk}:{period}:{today()}:{part}"


def _remembered(board: Board, period: Period, part: str, select: str, values: dict[str, Any]) -> list[Row]:
    """Of a list that is due one reader counts anew; who comes meanwhile reads it as it was."""
    key = _key(board, period, part)
    try:
        known = cache.get(key)
        if known is not None and not cache.add(f"{key}:fresh", True, KEEP_SECONDS):
            return [Row(*row) for row in known]
    except (RedisError, OSError):
        return _count(board, period, select, values)
    rows = _count(board, period, select, values)
    try:
        cache.set(key, [tuple(row) for row in rows], max(KEEP_SECONDS, STALE_SECONDS))
        cache.set(f"{key}:fresh", True, KEEP_SECONDS)
    except (RedisError, OSError):
        return rows
    return rows


def _count(board: Board, period: Period, select: str, values: dict[str, Any]) -> list[Row]:
    amount, counts = _AMOUNT[Metric(board.metric)]
    among = ["true"]
    if board.group_id:
        among.append(
            "EXISTS (SELECT 1 FROM members_groupmembership held WHERE held.member_id = member.id AND held.group_id = %(group)s)"
        )
    if board.newcomer_days:
        among.append("member.joined_at >= now() - make_interval(days => %(newcomer)s)")
    sql = _RANKED.format(
        amount=amount,
        counts=counts,
        space="sums.space_id = %(space)s" if board.space_id else "true",
        among=" AND ".join(among),
    )
    first, last = span_of(board, period)
    narrowed = {
        "first": first,
        "last": last,
        "space": board.space_id,
        "group": board.group_id,
        "newcomer": board.newcomer_days,
        "rule": board.rule_key,
    }
    return fetch(sql + select, {**narrowed, **values}, Row._make)


def span_of(board: Board, period: Period) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a list counts."""
    if board.period == BoardPeriod.FIXED and board.starts_on and board.ends_on:
        return board.starts_on, board.ends_on
    return first_day(period, today()), today() + dt.timedelta(days=1)
