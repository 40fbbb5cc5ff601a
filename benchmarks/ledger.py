"""`python -m benchmarks.ledger`: how many transfers a second, beside one plain insert, and a statement in a large ledger.

It makes a copy of its own with an empty database in a folder that is thrown away. The floor is a transaction that inserts one
row by the same driver, over as many connections. A transfer is an `award`: rule, limits, keys, legs, lot, balances, log.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

LINES = 8
LARGE = """
INSERT INTO points_transfer (kind, member_id, earned, spendable, asked, rule_key, source_type, source_id, round, scope, key, memo,
  occurred_at, day, created_at)
SELECT 'award', (%(members)s::bigint[])[1 + n %% %(count)s], 1, 1, 1, 'bench', 'bench', n, 0, 'bench', n, 'You did a good deed',
  now() - n * interval '1 second', current_date, now() FROM generate_series(1, %(transfers)s) n
"""
LEGS = """
INSERT INTO points_entry (transfer_id, account_id, amount)
SELECT t.id, leg.account, leg.amount FROM points_transfer t
JOIN points_account earned ON earned.owner_id = t.member_id AND earned.unit = 'status' AND earned.kind = 'member'
JOIN points_account free ON free.owner_id = t.member_id AND free.unit = 'spend' AND free.kind = 'member'
CROSS JOIN LATERAL (VALUES (earned.id, 1), (free.id, 1), (9000000000000001, -1), (9000000000000002, -1)) AS leg(account, amount)
WHERE t.scope = 'bench'
"""


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--entries", type=int, default=1_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="porchlight-ledger-") as folder:
        os.environ |= {"PORCHLIGHT_VAR": folder, "PORCHLIGHT_LINGER": "1"}
        for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "BASE_URL", "CELERY_BROKER_URL"):
            os.environ.pop(name, None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        from config.stack.services import ensure_services

        ensure_services()
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _measure(asked.seconds, asked.entries)


def _measure(seconds: float, entries: int) -> None:
    from community.members.models import Member
    from rewards.points.models import EarningRule

    EarningRule.objects.create(
        key="bench", name="You did a good deed", verb="deed.done", points=1, counts_to_cap=False
    )
    members = [Member.objects.create_user(f"bench{n}").pk for n in range(LINES * 25)]
    floor = _rate(_floor(), seconds)
    print(f"floor: one plain insert a transaction, {LINES} connections: {floor:,.0f}/s", flush=True)
    for title, mine in (("distinct accounts", members), ("one hot account", members[:1])):
        rate = _rate(_award(mine), seconds)
        print(f"transfers, {title}: {rate:,.0f}/s, {rate / floor:.2f} of the floor", flush=True)
    print(f"transfers, 500 in one book: {_bulk(members, seconds):,.0f}/s", flush=True)
    _large(members, entries)


def _floor() -> Callable[[int], None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (id bigserial PRIMARY KEY, n bigint, said text)")

    def insert(n: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_floor (n, said) VALUES (%s, 'said')", [n])

    return insert


def _award(members: list[int]) -> Callable[[int], None]:
    from rewards.points.actions import award

    offset = time.monotonic_ns()

    def give(n: int) -> None:
        award(
            actor=None,
            rule_key="bench",
            member_id=members[n % len(members)],
            source_type="bench",
            source_id=offset + n,
        )

    return give


def _rate(act: Callable[[int], None], seconds: float) -> float:
    """Return how often a second `act` succeeds, over several connections."""
    from django.db import connection

    gate, until = threading.Barrier(LINES), [0.0]

    def run(line: int) -> int:
        connection.ensure_connection()
        gate.wait()
        until[0] = until[0] or time.monotonic() + seconds
        done = 0
        try:
            while time.monotonic() < until[0]:
                act(done * LINES + line)
                done += 1
        finally:
            connection.close()
        return done

    with ThreadPoolExecutor(LINES) as pool:
        return sum(pool.map(run, range(LINES))) / seconds


def _bulk(members: list[int], seconds: float) -> float:
    from django.db import transaction
    from django.utils import timezone

    from rewards.points.book import Book

    def numbers() -> Iterator[int]:
        n = time.monotonic_ns()
        while True:
            n += 1
            yield n

    keys, done, started = numbers(), 0, time.monotonic()
    while time.monotonic() - started < seconds:
        with transaction.atomic():
            book = Book(set(members))
            for n in range(500):
                book.issue(
                    members[n % len(members)],
                    earned=1,
                    spendable=1,
                    kind="adjustment",
                    scope="bench_bulk",
                    key=str(next(keys)),
                    memo="Counted",
                    occurred_at=timezone.now(),
                    quiet=True,
                )
            book.close()
        done += 500
    return done / (time.monotonic() - started)


def _large(members: list[int], entries: int) -> None:
    from django.db import connection, transaction

    from community.members.models import Member
    from rewards.points.audit import audit_ledger
    from rewards.points.queries import get_statement

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(LARGE, {"members": members, "count": len(members), "transfers": entries // 4})
        cursor.execute(LEGS)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE points_transfer, points_entry, points_lot")
    member = Member.objects.get(pk=members[0])
    times = []
    for _time in range(50):
        started = time.perf_counter()
        page = get_statement(member)
        get_statement(member, after=page.after)
        times.append((time.perf_counter() - started) * 500)
    print(
        f"a page of a statement at {entries:,} entries: {statistics.median(times):.1f} ms, "
        f"{statistics.quantiles(times, n=20)[-1]:.1f} ms for the slowest twentieth",
        flush=True,
    )
    started = time.perf_counter()
    audit_ledger()
    print(f"the audit of {entries:,} entries: {time.perf_counter() - started:.1f} s", flush=True)


if __name__ == "__main__":
    main()
