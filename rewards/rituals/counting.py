"""The weeks, or days, in which something of a member's counted: from posts, by one statement for a few or for everybody.

The sources are those of badges (`badges/rules/sources.py`). A period is never added to but counted again, so deliveries may
come twice, late or in any order, and what is kept up and a full rebuild cannot differ.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length

from community.activity.one_row import read_row
from community.members.models import Member, Role
from community.notifications.zones import zone_of
from community.sql import fetch
from rewards.badges.rules.sources import SOURCES
from rewards.rituals.models import Floor, RitualChoices, RitualRules
from rewards.rituals.runs import period_of

# A number of our own in Postgres's space of advisory locks: one member's periods are counted by one at a time.
LOCK_SPACE = 7_351_011

_SETTLE = """
WITH who AS (SELECT * FROM unnest(%s::bigint[], %s::text[]) AS who(member_id, zone)),
cell AS (SELECT * FROM unnest(%s::bigint[], %s::date[]) AS cell(member_id, starts_on)),
counted AS (
    SELECT who.member_id, date_trunc(%s, one.at AT TIME ZONE who.zone)::date AS starts_on, count(*)::int AS contributions
    FROM ({rows}) one(holder, at) JOIN who ON who.member_id = one.holder GROUP BY 1, 2),
fresh AS (SELECT * FROM counted WHERE {fresh}),
gone AS (
    DELETE FROM rituals_streakperiod old WHERE {old} AND NOT EXISTS (
        SELECT 1 FROM fresh WHERE fresh.member_id = old.member_id AND fresh.starts_on = old.starts_on)
    RETURNING old.member_id),
put AS (
    INSERT INTO rituals_streakperiod AS old (member_id, starts_on, contributions)
    SELECT member_id, starts_on, contributions FROM fresh
    ON CONFLICT (member_id, starts_on) DO UPDATE SET contributions = EXCLUDED.contributions
    WHERE old.contributions <> EXCLUDED.contributions
    RETURNING old.member_id)
SELECT member_id FROM gone UNION ALL SELECT member_id FROM put
"""


def meets_floor(rules: RitualRules) -> Q:
    """Return what a post must be to count, as a filter on what `posts_of` returns."""
    marked = Exists(SOURCES["marks"].rows().filter(post_id=OuterRef("pk")))
    chosen = Exists(SOURCES["accepted"].rows().filter(pk=OuterRef("pk")))
    helped = Q(marked) | Q(chosen)
    return helped if rules.floor == Floor.HELPED else helped | Q(letters__gte=rules.least_characters)


def posts_of(member_ids: Iterable[int]) -> Any:
    """Return the posts that stand of some members, with `holder`, `at` and `letters`."""
    posts = SOURCES["posts"].rows().filter(holder__in=list(member_ids))
    return posts.annotate(letters=Length("body_md"))


@transaction.atomic
def settle_cells(moments: Mapping[int, Iterable[dt.datetime]]) -> set[int]:
    """Count the periods around some moments of some members again. Returns those of whom something differed."""
    rules, people = read_row(RitualRules), _people(moments)
    cells = sorted(
        {
            (pk, period_of(at.astimezone(zone_of(member)).date(), rules.unit))
            for pk, member in people.items()
            for at in moments[pk]
        }
    )
    if not cells:
        return set()
    days = [day for _pk, day in cells]
    # A day more on either side than any clock on earth is away from Greenwich.
    first, last = (
        dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(days=more)
        for day, more in ((min(days), -2), (max(days), 9))
    )
    among = "({row}.member_id, {row}.starts_on) IN (SELECT member_id, starts_on FROM cell)"
    return _settle(rules, people, cells, Q(at__gte=first, at__lt=last), among)


@transaction.atomic
def settle_members(member_ids: Iterable[int]) -> set[int]:
    """Count all periods of some members again. Returns those of whom something differed."""
    rules, people = read_row(RitualRules), _people(member_ids)
    return _settle(rules, people, [], Q(), "{row}.member_id = ANY(%s)") if people else set()


def _settle(
    rules: RitualRules, people: Mapping[int, Member], cells: list[tuple[int, dt.date]], when: Q, among: str
) -> set[int]:
    everyone = sorted(people)
    fetch(
        "SELECT pg_advisory_xact_lock(%s, pk) FROM unnest(%s::int[]) pk",
        (LOCK_SPACE, sorted({pk % 2**31 for pk in everyone})),
        tuple,
    )
    counted = _counted(rules, people)
    rows = posts_of(counted).filter(when).filter(meets_floor(rules)).order_by().values_list("holder", "at")
    sql, params = rows.query.sql_with_params() if counted else ("SELECT 0, now() WHERE false", ())
    asked = () if cells else (everyone,)
    values: list[Any] = [
        counted,
        [_zone(people[pk]) for pk in counted],
        [pk for pk, _day in cells],
        [day for _pk, day in cells],
        rules.unit,
        *params,
        *asked,
        *asked,
    ]
    statement = _SETTLE.format(rows=sql, fresh=among.format(row="counted"), old=among.format(row="old"))
    # Not prepared: its text differs with the number of members asked about.
    return {int(pk) for (pk,) in _run(statement, values)}


def _run(sql: str, params: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[Any] = cursor.fetchall()
    return rows


def _people(member_ids: Iterable[int]) -> dict[int, Member]:
    rows = Member.objects.get_queryset().filter(pk__in=list(member_ids))
    return {member.pk: member for member in rows.only("pk", "role", "is_active", "time_zone")}


def _counted(rules: RitualRules, people: Mapping[int, Member]) -> list[int]:
    """Return those for whom it is counted at all; of the others everything goes."""
    if not rules.streaks_on:
        return []
    off = set(
        RitualChoices.objects.filter(member_id__in=list(people), counts_streak=False).values_list(
            "member_id", flat=True
        )
    )
    return sorted(
        pk for pk, it in people.items() if it.is_active and it.role == Role.MEMBER and pk not in off
    )


def _zone(member: Member) -> str:
    """Return a clock that the database knows too."""
    key = zone_of(member).key
    return key if key in _known_zones() else "UTC"


@lru_cache(maxsize=1)
def _known_zones() -> frozenset[str]:
    return frozenset(fetch("SELECT name FROM pg_timezone_names", (), lambda row: str(row[0])))
