"""From a leaf to SQL over the community's rows: how far members are, and since when.

One statement for one leaf, whether it is asked about one member or about everybody; several leaves asked about a few members
go in one statement together. Rows of the inner statement: `holder`, `term` (the month, quarter or year; empty where a badge is
had once), `at`, `reached` (how many there were by then).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Value
from django.utils import timezone

from rewards.badges.rules.facts import FACTS
from rewards.badges.rules.sources import SOURCES, narrowed
from rewards.badges.rules.tree import How, Leaf

# (member, term): a term is empty where there is only one.
Holder = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is measured: a leaf whatever its number, in each term or once for good."""

    leaf: Leaf
    every: str = ""


TERMS = {"month": "YYYY-MM", "quarter": 'YYYY-"Q"Q', "year": "YYYY"}
_UTC = "(at AT TIME ZONE 'UTC')"
_BUCKETS = {
    How.DAYS: "day",
    How.DAY_STREAK: "day",
    How.WEEKS: "week",
    How.WEEK_STREAK: "week",
    How.MONTHS: "month",
}
_COUNTED = "SELECT holder, term, at, count(*) OVER (PARTITION BY holder, term{lane} ORDER BY at{frame}) AS reached FROM ({rows}) c"
_DIFFERENT = """SELECT holder, term, at, row_number() OVER (PARTITION BY holder, term ORDER BY at) AS reached
 FROM (SELECT holder, term, min(at) AS at FROM ({rows}) c WHERE lane IS NOT NULL GROUP BY holder, term, lane) d"""
# Each run of days or weeks without a gap keeps one value of `lane - place`; its days are numbered from one.
_IN_A_ROW = """SELECT holder, term, at, row_number() OVER (PARTITION BY holder, term, run ORDER BY lane) AS reached
 FROM (SELECT holder, term, lane, min(at) AS at, lane - interval '1 {unit}' * row_number()
 OVER (PARTITION BY holder, term ORDER BY lane) AS run FROM ({rows}) c GROUP BY holder, term, lane) d"""
_FARTHEST = "SELECT holder, term, max(reached) FROM ({reached}) f GROUP BY holder, term"
_SINCE = "SELECT holder, term, min(at) FROM ({reached}) s WHERE reached >= %s GROUP BY holder, term"


def measure(ask: Ask) -> dict[Holder, int]:
    """Return how far everybody is; members with nothing are left out."""
    sql, params = _reached(ask, None, 1)
    rows = _run(_FARTHEST.format(reached=sql), params)
    return {(holder, term): have for holder, term, have in rows}


def measure_some(wanted: Mapping[Ask, Iterable[int]]) -> dict[Ask, dict[Holder, int]]:
    """Return how far some members are, each ask about its own members, in one statement."""
    asks = [(ask, sorted(ids)) for ask, ids in wanted.items()]
    found: dict[Ask, dict[Holder, int]] = {ask: {} for ask, _ids in asks}
    parts, values = [], []
    for place, (ask, ids) in enumerate(asks):
        if ids:
            sql, params = _reached(ask, ids, 1)
            parts.append(f"SELECT {place} AS ask, f.* FROM ({_FARTHEST.format(reached=sql)}) f")  # noqa: S608 - a number
            values += params
    for place, holder, term, have in _run(" UNION ALL ".join(parts), values) if parts else ():
        found[asks[place][0]][holder, term] = have
    return found


def reached_at(leaf: Leaf, every: str, member_ids: Iterable[int]) -> dict[Holder, dt.datetime | None]:
    """Return when members reached the number of a leaf, of those given who did."""
    sql, params = _reached(Ask(leaf, every), list(member_ids), leaf.number)
    rows = _run(_SINCE.format(reached=sql), [*params, leaf.number])
    return {(holder, term): at for holder, term, at in rows}


def current_terms() -> dict[str, str]:
    """Return how the running month, quarter and year are written; the empty one is for good."""
    now = timezone.now().astimezone(dt.UTC)
    return {
        "": "",
        "month": f"{now:%Y-%m}",
        "quarter": f"{now:%Y}-Q{(now.month + 2) // 3}",
        "year": f"{now:%Y}",
    }


def _reached(ask: Ask, member_ids: list[int] | None, number: int) -> tuple[str, list[Any]]:
    leaf = ask.leaf
    if leaf.of in FACTS:
        return _fact(leaf, member_ids, number)
    rows, params = _rows(ask, member_ids)
    if leaf.how in (How.DAY_STREAK, How.WEEK_STREAK):
        return _IN_A_ROW.format(rows=rows, unit=_BUCKETS[How(leaf.how)]), params
    if leaf.how in (How.COUNT, How.ONE_POST, How.ONE_THREAD):
        lane = "" if leaf.how == How.COUNT else ", lane"
        frame = (
            f" RANGE BETWEEN interval '{leaf.within:d} days' PRECEDING AND CURRENT ROW" if leaf.within else ""
        )
        return _COUNTED.format(rows=rows, lane=lane, frame=frame), params
    return _DIFFERENT.format(rows=rows), params


def _rows(ask: Ask, member_ids: list[int] | None) -> tuple[str, list[Any]]:
    """Return `holder, term, at, lane` of the things that count."""
    leaf, source = ask.leaf, SOURCES[ask.leaf.of]
    rows = narrowed(leaf)
    if member_ids is not None:
        rows = rows.filter(holder__in=member_ids)
    columns = ["holder", "at"]
    if leaf.how in source.lanes:
        columns.append(source.lanes[leaf.how])
    sql, params = rows.order_by().values_list(*columns).query.sql_with_params()
    named = "c (holder, at, lane)" if len(columns) == 3 else "c (holder, at)"
    unit = _BUCKETS.get(How(leaf.how))
    lane = f"date_trunc('{unit}', {_UTC})" if unit else "lane" if len(columns) == 3 else "0"
    term = f"to_char({_UTC}, '{TERMS[ask.every]}')" if ask.every else "''::text"
    bounds, more = _bounds(leaf)
    picked = f"SELECT holder, {term} AS term, at, {lane} AS lane FROM ({sql}) {named}{bounds}"  # noqa: S608 - fixed text
    return picked, [*params, *more]


def _bounds(leaf: Leaf) -> tuple[str, list[Any]]:
    parts, params = [], []
    if leaf.since:
        parts.append(f"{_UTC} >= %s::date")
        params.append(leaf.since)
    if leaf.until:
        parts.append(f"{_UTC} < %s::date + 1")
        params.append(leaf.until)
    return (" WHERE " + " AND ".join(parts) if parts else ""), params


def _fact(leaf: Leaf, member_ids: list[int] | None, number: int) -> tuple[str, list[Any]]:
    fact = FACTS[leaf.of]
    rows = fact.rows().annotate(at=fact.at(number), term=Value(""))
    if member_ids is not None:
        rows = rows.filter(pk__in=member_ids)
    sql, params = rows.order_by().values_list("holder", "term", "at", "reached").query.sql_with_params()
    return f"SELECT * FROM ({sql}) c (holder, term, at, reached)", list(params)  # noqa: S608 - the ORM's own


def _run(sql: str, params: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
