"""What a member with 50,000 unread threads pays for the list of them, beside one with five.

    BENCH_DATA=FOLDER python -m benchmarks.unread [--rounds 6]

Needs the prepared community of `benchmarks.preparing`. So many threads are added beside those of the community, so that there
are enough, and taken away afterwards.
"""

import argparse
import asyncio
import json
import statistics
from contextlib import contextmanager
from typing import Any

import psycopg

from benchmarks.client import Session
from benchmarks.speed import FLOOR_PAGE, Case, measure
from benchmarks.targets import serving, sign_in

MANY, FEW = 50_000, 5
# Of the members that are signed in: everything is unread, all but five is read, five are tracked at all.
ALL_UNREAD, NEARLY_READ, LITTLE = 101, 102, 103
PAGES = (("unread list", "/?view=unread"), ("home with its counts", "/"))

MORE_THREADS = """
WITH told AS (
  INSERT INTO threads_thread (space_id, author_id, kind, title, excerpt, tags, state, is_locked, last_position, reply_count,
    reaction_count, view_count, last_post_at, last_author_id, created_at, language)
  SELECT t.space_id, t.author_id, 'discussion', 'Counted ' || n, '', '{}', 'visible', false, 2, 1, 0, 0,
    now() - make_interval(mins => n), t.author_id, now() - interval '1 year', ''
    FROM generate_series(1, %s) n, (SELECT space_id, author_id FROM threads_thread ORDER BY id LIMIT 1) t
  RETURNING id, author_id
)
INSERT INTO threads_post (thread_id, author_id, position, body_md, body_html, render_version, state, state_reason, reactions,
  imported, edit_count, created_at)
SELECT told.id, told.author_id, place, 'Counted.', '<p>Counted.</p>', 1, 'visible', '', '{}', '{}', 0,
  now() - interval '1 year'
  FROM told, generate_series(1, 2) place
"""
FOLLOW = """
INSERT INTO threads_threadfollow (thread_id, member_id, level, because, created_at)
SELECT id, %s, 'tracking', 'chosen', now() FROM threads_thread WHERE last_position > 1 ORDER BY last_post_at DESC LIMIT %s
ON CONFLICT DO NOTHING
"""
READ = """
INSERT INTO threads_readstate (thread_id, member_id, last_read_position, seconds, read_at, reached)
SELECT t.id, f.member_id, CASE WHEN row_number() OVER (ORDER BY t.last_post_at) <= %s THEN 1 ELSE t.last_position END, 0, now(),
  t.last_position
  FROM threads_threadfollow f JOIN threads_thread t ON t.id = f.thread_id WHERE f.member_id = %s
ON CONFLICT (thread_id, member_id) DO UPDATE SET last_read_position = EXCLUDED.last_read_position, reached = EXCLUDED.reached
"""
AWAY = """
DELETE FROM threads_readstate WHERE member_id = ANY(%(who)s);
DELETE FROM threads_threadfollow WHERE member_id = ANY(%(who)s);
DELETE FROM threads_post WHERE body_md = 'Counted.';
DELETE FROM threads_thread WHERE title LIKE 'Counted %%'
"""


@contextmanager
def many_unread(address: str) -> Any:
    """Give three members what they have not read, and take it away again."""
    with psycopg.connect(address, autocommit=True) as one:
        try:
            one.execute(MORE_THREADS, (MANY,))
            for member, tracked, unread in (
                (ALL_UNREAD, MANY, MANY),
                (NEARLY_READ, MANY, FEW),
                (LITTLE, FEW, FEW),
            ):
                one.execute(FOLLOW, (member, tracked))
                one.execute(READ, (unread, member))
            one.execute("ANALYZE threads_thread, threads_post, threads_readstate, threads_threadfollow")
            yield
        finally:
            for statement in AWAY.split(";"):
                one.execute(statement, {"who": [ALL_UNREAD, NEARLY_READ, LITTLE]})


async def run(rounds: int) -> list[dict[str, Any]]:
    """Measure each page for each of the three, in turns."""
    with serving() as (target, floor, services), many_unread(services.database_url):
        jars = sign_in(services)
        cases = [
            Case(f"{page}: {what}", {"path": path}, [Session(target.base, jars[member])], FLOOR_PAGE)
            for page, path in PAGES
            for what, member in (
                (f"{MANY} unread", ALL_UNREAD),
                (f"{MANY} tracked, {FEW} unread", NEARLY_READ),
                (f"{FEW} unread", LITTLE),
            )
        ]
        reference = Session(floor.base)
        for _turn in range(rounds):
            for case in cases:
                await measure(case, target, floor, reference)
        return [
            {
                "case": case.name,
                "ms": round(statistics.median(case.wall), 1),
                "floors_cpu": round(
                    statistics.median(a / b for a, b in zip(case.cpu, case.floor_cpu, strict=True)), 2
                ),
            }
            for case in cases
        ]


def main() -> None:
    """Measure and print a line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=6)
    for row in asyncio.run(run(parser.parse_args().rounds)):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
