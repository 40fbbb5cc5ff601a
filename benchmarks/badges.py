"""`python -m benchmarks.badges`: badges over a whole community: what the night costs, what a new badge costs, what one reply costs.

Needs the prepared community of `benchmarks.preparing` (20,000 members, 300,000 posts), migrated. Everything happens in one
transaction that is rolled back. Said are wall and CPU time (this process and its Postgres) and how many awards were written.
"""

import argparse
import os
import time
from collections.abc import Callable
from typing import Any

from benchmarks.queue import cpu_of


def main() -> None:
    """Measure, print, and leave nothing behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=200, help="how many members the delta is measured for")
    few = parser.parse_args().members
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.stack.services import ensure_services

    ensure_services()
    import django

    django.setup()
    from django.db import connection, transaction

    from rewards.badges.actions import differing_members, recompute_all, settle_badges
    from rewards.badges.actions.settle import Cause
    from rewards.badges.models import Award, Badge

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        Award.objects.all().delete()
        said("compare every badge with its rule", differing_members)
        said("one new badge, 25 marks", lambda: recompute_all(keys=["good-neighbour"], quiet=True))
        said("back-fill of all badges", lambda: recompute_all(quiet=True))
        said("a night in which nothing differs", recompute_all)
        print(f"{Award.objects.count():,} awards of {Badge.objects.count()} badges")
        writers = list(Award.objects.values_list("member_id", flat=True).distinct()[:few])
        touched = ("posts", "replies", "answers", "welcomed")
        for words, raises in (("a reply, for members with badges", True), ("a post that went", False)):
            causes: list[dict[str, dict[int, Cause]]] = [
                {source: {pk: Cause(raises=raises)} for source in touched} for pk in writers
            ]
            said(
                f"{words}, {len(writers)} times", lambda each=causes: [settle_badges(causes=c) for c in each]
            )
        transaction.set_rollback(True)


def said(words: str, act: Callable[[], Any]) -> None:
    """Do something and say what it took."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    here, there, started = time.process_time(), cpu_of(backend), time.perf_counter()
    act()
    wall = time.perf_counter() - started
    cpu = time.process_time() - here + (cpu_of(backend) - there) / 1000
    print(f"{words:48} {wall:8.2f} s wall {cpu:8.2f} s CPU", flush=True)


if __name__ == "__main__":
    main()
