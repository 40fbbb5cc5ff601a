"""The daily sums behind all lists: counted from the ledger, for the few days something touched or for everybody.

One statement does both, so what is kept up day by day and a full rebuild cannot differ in what they count. A sum is
never added to but counted again: deliveries may come twice, late or in any order.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from community.sql import fetch, write

# A number of our own in Postgres's space of advisory locks: one member's sums are counted by one at a time.
LOCK_SPACE = 7_351_002
CHUNK = 300

Cell = tuple[int, dt.date]

# Awards of the main programme that stand. Of accounts that were joined they count for the one that stayed; of who was erased, for nobody.
_FRESH = """
SELECT COALESCE(joined.target_id, award.member_id) AS member_id, award.day,
    COALESCE(thread.space_id, 0) AS space_id, award.rule_key,
    sum(award.earned)::bigint AS points,
    COALESCE(sum(award.earned) FILTER (WHERE rule.for_helping), 0)::bigint AS helping,
    count(*) AS times
FROM points_transfer award
LEFT JOIN points_earningrule rule ON rule.id = award.rule_id
LEFT JOIN points_transfer reversal ON reversal.reverses_id = award.id
LEFT JOIN leaderboards_joined joined ON joined.source_id = award.member_id
LEFT JOIN threads_post post ON post.id = award.post_id
LEFT JOIN threads_thread thread ON thread.id = COALESCE(post.thread_id, award.thread_id)
WHERE award.kind = 'award' AND award.programme_id = 'main' AND reversal.id IS NULL AND award.member_id = ANY(%(accounts)s) AND {days}
AND NOT EXISTS (SELECT 1 FROM privacy_erasure erasure
    WHERE erasure.member_id = COALESCE(joined.target_id, award.member_id) AND erasure.state IN ('working', 'done'))
GROUP BY 1, 2, 3, 4 HAVING {cells}
"""

_SETTLE = """
WITH cell AS (SELECT * FROM unnest(%(members)s::bigint[], %(days)s::date[]) AS cell(member_id, day)),
fresh AS ({fresh}),
gone AS (
    DELETE FROM leaderboards_daysum old WHERE {old} AND NOT EXISTS (
        SELECT 1 FROM fresh WHERE fresh.member_id = old.member_id AND fresh.day = old.day
        AND fresh.space_id = old.space_id AND fresh.rule_key = old.rule_key)
    RETURNING 1),
put AS (
    INSERT INTO leaderboards_daysum AS old (member_id, day, space_id, rule_key, points, helping, times)
    SELECT member_id, day, space_id, rule_key, points, helping, times FROM fresh
    ON CONFLICT (member_id, day, space_id, rule_key) DO UPDATE
    SET points = EXCLUDED.points, helping = EXCLUDED.helping, times = EXCLUDED.times
    WHERE (old.points, old.helping, old.times) IS DISTINCT FROM (EXCLUDED.points, EXCLUDED.helping, EXCLUDED.times)
    RETURNING 1)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM put)
"""

_SOME_DAYS = _SETTLE.format(
    fresh=_FRESH.format(
        days="award.day IN (SELECT day FROM cell)",
        cells="(COALESCE(joined.target_id, award.member_id), award.day) IN (SELECT member_id, day FROM cell)",
    ),
    old="(old.member_id, old.day) IN (SELECT member_id, day FROM cell)",
)
_ALL_DAYS = _SETTLE.format(
    fresh=_FRESH.format(days="true", cells="COALESCE(joined.target_id, award.member_id) = ANY(%(members)s)"),
    old="old.member_id = ANY(%(members)s)",
)


@transaction.atomic
def settle_days(cells: Iterable[Cell]) -> int:
    """Count the sums of certain members on certain days again. Returns how many differed."""
    wanted = set(cells)
    if not wanted:
        return 0
    joined = _stayed({member for member, _day in wanted})
    ordered = sorted({(joined.get(member, member), day) for member, day in wanted})
    members = {member for member, _day in ordered}
    _lock(members)
    days = {"members": [member for member, _day in ordered], "days": [day for _member, day in ordered]}
    return int(write(_SOME_DAYS, {**days, "accounts": _accounts_of(members)})[0][0])


@transaction.atomic
def settle_members(member_ids: Iterable[int]) -> int:
    """Count all sums of certain members again. Returns how many differed."""
    members = set(member_ids)
    _lock(members)
    values = {"members": sorted(members), "days": [], "accounts": _accounts_of(members)}
    return int(write(_ALL_DAYS, values)[0][0])


def rebuild() -> int:
    """Count everybody's sums again, a bounded number of members at a time. Returns how many differed: 0 is good news."""
    differed, after = 0, 0
    while people := fetch(
        """SELECT member_id FROM (SELECT owner_id AS member_id FROM points_account WHERE unit = 'status' AND owner_id > %s
             UNION SELECT member_id FROM leaderboards_daysum WHERE member_id > %s) anyone ORDER BY member_id LIMIT %s""",
        (after, after, CHUNK),
        lambda row: int(row[0]),
    ):
        differed += settle_members(people)
        after = people[-1]
    return differed


def _stayed(members: set[int]) -> dict[int, int]:
    rows = fetch(
        "SELECT source_id, target_id FROM leaderboards_joined WHERE source_id = ANY(%s)",
        (sorted(members),),
        tuple,
    )
    return dict(rows)


def _accounts_of(members: set[int]) -> list[int]:
    """Return the accounts whose awards may count for these members: their own, and those that were joined to them."""
    rows = fetch(
        "SELECT source_id FROM leaderboards_joined WHERE target_id = ANY(%s)",
        (sorted(members),),
        lambda row: int(row[0]),
    )
    return sorted({*members, *rows})


def _lock(members: set[int]) -> None:
    """Wait until nobody else counts for these members, in the order of their ids."""
    fetch(
        "SELECT pg_advisory_xact_lock(%s, pk) FROM unnest(%s::int[]) pk",
        (LOCK_SPACE, sorted({member % 2**31 for member in members})),
        tuple,
    )
