"""`python -m benchmarks leaderboards`: lists over 1,000,000 daily sums of 100,000 members, against the floor of one statement.

Everything happens in one transaction that is rolled back; nothing is left behind.
"""

import os
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.members import FILL

MEMBERS, SUMS, DAYS = 100_000, 1_000_000, 730
REPEATS = 15
ADD = """
INSERT INTO leaderboards_daysum (member_id, day, space_id, rule_key, points, helping, times)
SELECT (%(first)s + (n * 7919::bigint) %% %(members)s), (now() AT TIME ZONE 'UTC')::date - (n / %(members)s * 73 + n %% 73)::int, n %% 12,
  (ARRAY['answer_accepted','post_helped','post_thanked','first_answer'])[1 + n %% 4], 1 + n %% 15,
  CASE WHEN n %% 4 < 3 THEN 1 + n %% 15 ELSE 0 END, 1 + n %% 3
FROM generate_series(1, %(sums)s) n ON CONFLICT DO NOTHING
"""


def main() -> None:
    """Load, measure, print, and leave nothing behind."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.stack.services import ensure_services

    ensure_services()
    import django

    django.setup()
    from django.db import transaction

    with transaction.atomic():
        started = time.perf_counter()
        somebody = _fill()
        print(f"loaded in {time.perf_counter() - started:.1f} s")
        floor = _measure("one row by its key (the floor F)", lambda: _one_row(somebody))
        for name, call in _cases(somebody).items():
            _measure(name, call, floor)
        transaction.set_rollback(True)


def _fill() -> int:
    from django.db import connection

    from community.members.models import Member

    named = FILL.partition("(")[2].partition("{rest}")[0].replace("\n", " ").replace(",", " ").split()
    rest = [f for f in Member._meta.concrete_fields if f.column not in (*named, "id")]
    values = [f.get_db_prep_save(f.get_default(), connection) for f in rest]
    sql = FILL.format(rest=", ".join(f.column for f in rest), values=", ".join(["%s"] * len(rest)))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(sql, [*values, MEMBERS])
        cursor.execute(
            "UPDATE members_member SET on_leaderboards = true WHERE handle LIKE 'bench-%' AND id % 2 = 0"
        )
        cursor.execute("SELECT min(id) FROM members_member WHERE handle LIKE 'bench-%'")
        first = int(cursor.fetchone()[0])
        cursor.execute(ADD, {"first": first, "members": MEMBERS, "sums": SUMS})
        print(f"{cursor.rowcount:,} sums")
        cursor.execute("ANALYZE members_member, leaderboards_daysum")
        cursor.execute(
            "SELECT id FROM members_member WHERE id > %s AND on_leaderboards AND role = 'member' LIMIT 1",
            [first],
        )
        return int(cursor.fetchone()[0])


def _one_row(pk: int) -> None:
    from community.members.models import Member

    Member.objects.get(pk=pk)


def _cases(somebody: int) -> dict[str, Callable[[], Any]]:
    from django.core.cache import cache

    from community.members.models import Member
    from rewards.leaderboards.models import Board
    from rewards.leaderboards.periods import Period
    from rewards.leaderboards.queries import get_page, most_helpful
    from rewards.leaderboards.ranking import forget
    from rewards.leaderboards.sums import settle_days, settle_members

    member = Member.objects.get(pk=somebody)
    board = Board.objects.get(key="helpful")

    def cold(period: Period) -> None:
        forget(board)
        get_page(None, "helpful", period)

    def neighbours() -> None:
        cache.delete_pattern(f"*around:{somebody}*") if hasattr(cache, "delete_pattern") else cache.clear()
        get_page(member, "helpful", "all", limit=1)

    def settle() -> None:
        from rewards.leaderboards.ranking import today

        settle_days([(somebody, today())])

    return {
        **{f"first page counted anew, {p.value}": partial(cold, p) for p in Period},
        "first page remembered, all": lambda: get_page(None, "helpful", "all"),
        "page after 20 remembered, all": lambda: get_page(None, "helpful", "all", after="300-1"),
        "page beyond the first thousand": lambda: get_page(None, "helpful", "all", after="20-1"),
        "one's neighbours beyond it": neighbours,
        "card at home, remembered": lambda: most_helpful(3),
        "one member's day counted again": settle,
        "one member counted again": lambda: settle_members([somebody]),
    }


def _measure(name: str, call: Callable[[], Any], floor: float = 0.0) -> float:
    call()
    times = []
    for _again in range(REPEATS):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    middle = sorted(times)[REPEATS // 2] * 1000
    print(f"{name:<36} {middle:8.2f} ms" + (f"  {middle / floor:6.1f} F" if floor else ""), flush=True)
    return middle


if __name__ == "__main__":
    main()
