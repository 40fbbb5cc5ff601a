"""`python -m benchmarks.trust`: settling the trust of 200,000 members, as the clock does every night.

Members as in `benchmarks.members`, half of whom read, every fifth of whom wrote; everything in one transaction that is rolled back.
Said are wall and CPU time (this process and its Postgres), statements for each batch of 500, and how much memory it took more.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable
from typing import Any

from benchmarks import members
from benchmarks.queue import cpu_of

THREADS = 5_000
READ = f"""
INSERT INTO threads_readstate (thread_id, member_id, last_read_position, seconds, read_at)
SELECT t.id, m.id, 1 + (m.id + k) %% 20, (m.id * k) %% 600, now() - (m.id %% 300) * interval '1 day'
  FROM members_member m CROSS JOIN generate_series(1, 6) k JOIN bench_thread t ON t.n = (m.id * 7 + k * 613) %% {THREADS}
  WHERE m.handle LIKE 'bench-%%' AND m.id %% 2 = 0
"""
VISITS = """
INSERT INTO members_visit (member_id, day)
SELECT m.id, current_date - ((m.id %% 90) + k * 3)::int FROM members_member m CROSS JOIN generate_series(1, 8) k
  WHERE m.handle LIKE 'bench-%%' AND m.id %% 2 = 0
"""
POSTS = f"""
INSERT INTO threads_post (thread_id, author_id, position, body_md, body_html, created_at, {{rest}})
SELECT t.id, m.id, 1000 + row_number() OVER (PARTITION BY t.id ORDER BY m.id, k), 'Said.', '<p>Said.</p>',
  now() - (m.id %% 200) * interval '1 day', {{values}}
  FROM members_member m CROSS JOIN generate_series(1, 5) k JOIN bench_thread t ON t.n = (m.id * 7 + k * 613) %% {THREADS}
  WHERE m.handle LIKE 'bench-%%' AND m.id %% 5 = 0
"""
THANKS = """
INSERT INTO threads_reaction (post_id, member_id, kind, created_at)
SELECT p.id, m.id, 'helpful', now() - (p.id %% 90) * interval '1 day' FROM threads_post p
  JOIN members_member m ON m.id = p.author_id - 1 WHERE p.position >= 1000 AND p.body_md = 'Said.'
"""


def main() -> None:
    """Load, settle twice, print, and leave nothing behind."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", type=int, default=members.MEMBERS)
    members.MEMBERS = parser.parse_args().members
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.stack.services import ensure_services

    ensure_services()
    import django

    django.setup()
    from django.db import transaction

    from community.members.trust.actions import settle_everyone

    with transaction.atomic():
        members._fill()
        _live()
        print(f"loaded {members.MEMBERS:,} members, each at the level they earned", flush=True)
        _measure("a night, nobody moves", settle_everyone)
        moving = _lower(1000)
        _measure("a night, 1,000 move", settle_everyone)
        print(f"{moving:,} were lowered before", flush=True)
        transaction.set_rollback(True)


def _live() -> None:
    from django.db import connection

    from community.spaces.models import Space
    from community.threads.models import Post, Thread

    space = Space.objects.create(slug="bench-trust", name="Bench of trust")
    made = Thread.objects.bulk_create(
        Thread(space=space, title="Bench", last_position=20) for _n in range(THREADS)
    )
    given = ("id", "thread_id", "author_id", "position", "body_md", "body_html", "created_at")
    rest = [f for f in Post._meta.concrete_fields if f.column not in given and not f.generated]
    names = ", ".join(f.column for f in rest)
    values = [f.get_db_prep_save(f.get_default(), connection) for f in rest]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_member SET trust_level = 0 WHERE handle LIKE 'bench-%'")
        cursor.execute("CREATE TEMP TABLE bench_thread (id bigint, n int)")
        cursor.executemany(
            "INSERT INTO bench_thread VALUES (%s, %s)", [(thread.pk, n) for n, thread in enumerate(made)]
        )
        cursor.execute(READ, [])
        cursor.execute(VISITS, [])
        cursor.execute(POSTS.format(rest=names, values=", ".join(["%s"] * len(rest))), values)
        cursor.execute(THANKS, [])
        for table in ("threads_readstate", "members_visit", "threads_post", "threads_reaction"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            print(f"{table:<20} {cursor.fetchone()[0]:>10,} rows", flush=True)
            cursor.execute(f"ANALYZE {table}")
    _settle_at_once()


def _settle_at_once() -> None:
    """Give everyone their level without a record of it: what is measured begins where a community stands."""
    from django.utils import timezone

    from community.members.models import Member, TrustRecord
    from community.members.trust import limits
    from community.members.trust.actions import CHUNK, _judge
    from community.members.trust.facts import facts_of

    now, ids = timezone.now(), list(Member.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        found = _judge(part, facts_of(part, now - limits.WINDOW.span()), now)
        rows = [member for member, _held, _outcome in found.values()]
        for member in rows:
            member.trust_level = found[member.pk][2].level
        Member.objects.bulk_update(rows, ["trust_level"])
        slipping = [pk for pk, (_m, held, it) in found.items() if it.below_since is not None and held is None]
        TrustRecord.objects.bulk_create(
            TrustRecord(member_id=pk, below_since=found[pk][2].below_since) for pk in slipping
        )


def _lower(many: int) -> int:
    from community.members.models import Member

    earned = Member.objects.filter(handle__startswith="bench-", trust_level__gte=1).order_by("?")[:many]
    return Member.objects.filter(pk__in=list(earned.values_list("pk", flat=True))).update(trust_level=0)


def _measure(name: str, call: Callable[[], Any]) -> None:
    from django.db import connection

    from community.members.trust.actions import CHUNK

    asked = [0]

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked[0] += 1
        return execute(sql, params, many, context)

    backend = connection.connection.info.backend_pid
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    here, there, started = time.process_time(), cpu_of(backend), time.perf_counter()
    with connection.execute_wrapper(count):
        moved = call()
    wall, own = time.perf_counter() - started, time.process_time() - here
    batches = members.MEMBERS / CHUNK
    print(
        f"{name:<20} {moved:>8,} moved  {wall:6.1f} s  CPU {own:5.1f} s here, {(cpu_of(backend) - there) / 1000:5.1f} s in Postgres  "
        f"{asked[0] / batches:6.1f} statements a batch  {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:5.1f} MB more",
        flush=True,
    )


if __name__ == "__main__":
    main()
