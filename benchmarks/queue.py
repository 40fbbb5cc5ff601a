"""The review queue with 100,000 cases: what its pages cost, as a multiple of the floor, and whether they count the table.

    python -m benchmarks.queue [--cases 100000] [--rounds 60] [--explain]

A database of its own under `var/bench/queue` is made once. Pages are called in this process; CPU is that of this process and
of its Postgres backend, read from /proc. The floor is measured the same way, in a process of its own, right before.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
SPACES = 20
PAGES = (
    ("queue, first page", "/admin/moderation/case/"),
    ("queue, 50,000 down", "/admin/moderation/case/?after={middle}"),
    ("queue, one space", "/admin/moderation/case/?space={space}"),
    ("queue, one kind", "/admin/moderation/case/?kind=post_report"),
    ("queue, a kind with no case", "/admin/moderation/case/?kind=appeal"),
    ("queue, claimed by me", "/admin/moderation/case/?show=mine"),
    ("queue, overdue", "/admin/moderation/case/?show=overdue"),
    ("queue, decided", "/admin/moderation/case/?show=decided"),
    ("one case", "/admin/moderation/case/{middle}/change/"),
    ("API, first page of 50", "/api/v1/moderation/cases?limit=50"),
)
POSTS = """
INSERT INTO threads_post ({columns}, thread_id, position, author_id)
SELECT {values}, t.id, n, (SELECT min(id) FROM members_member WHERE handle ~ '^bench[0-9]') + n %% 500
  FROM threads_post p, threads_thread t, generate_series(2, %(each)s) n
 WHERE p.id = %(model)s AND t.title LIKE 'A long thread about poles, number%%' ON CONFLICT DO NOTHING
"""
CASES = """
INSERT INTO moderation_case (post_id, subject_type, subject_id, kind, author_id, space_id, state, report_count, opened_at,
  due_at, score, decision, decision_reason, before, claimed_by_id, claimed_until, decided_by_id, decided_at)
SELECT p.id, 'threads.post', p.id, 'post_report', p.author_id, t.space_id, CASE WHEN decided THEN 'decided' ELSE 'open' END, 1,
  now(), now() + (random() * 96 - 24) * interval '1 hour', round(random()::numeric * 16) / 2, CASE WHEN decided THEN 'keep' ELSE '' END,
  '', '{}', CASE WHEN p.id %% 100 = 0 AND NOT decided THEN %(mod)s END,
  CASE WHEN p.id %% 100 = 0 AND NOT decided THEN now() + interval '1 day' END, CASE WHEN decided THEN %(mod)s END,
  CASE WHEN decided THEN now() - random() * interval '90 days' END
  FROM threads_post p JOIN threads_thread t ON t.id = p.thread_id, (VALUES (false), (true)) kinds(decided)
 WHERE p.position > 1 AND t.title LIKE 'A long thread about poles, number%%' AND (NOT decided OR p.id %% 5 = 0)
"""


def point_here() -> dict[str, str]:
    """Start the database of this benchmark and point this process at it."""
    os.environ.setdefault("PORCHLIGHT_VAR", str(ROOT / "var" / "bench" / "queue"))
    os.environ["DJANGO_SETTINGS_MODULE"], os.environ["SECOND_FACTOR"] = "config.settings", "off"
    from config.stack.services import ensure_services

    services = ensure_services()
    os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = services.database_url, services.redis_url
    import django

    django.setup()
    return {"DATABASE_URL": services.database_url}


def load(cases: int) -> Any:
    """Load the cases unless that was done. Returns the moderator who reads them."""
    from django.core.management import call_command
    from django.db import connection

    from community.members.models import Member
    from community.moderation.models import Case
    from community.spaces.models import Space
    from community.threads.actions import start_thread
    from community.threads.models import Post

    call_command("migrate", verbosity=0)
    mod = Member.objects.filter(handle="bench-mod").first()
    if mod is not None and Case.objects.filter(state="open").count() >= cases:
        return mod
    authors = [Member(handle=f"bench{n}", name=f"Bench {n}", email=f"b{n}@example.net") for n in range(500)]
    Member.objects.bulk_create(authors, ignore_conflicts=True)
    known = {"name": "Bench Mod", "email": "mod@example.net", "role": "moderator"}
    mod, _made = Member.objects.get_or_create(handle="bench-mod", defaults=known)
    writer = Member.objects.get(handle="bench0")
    for number in range(SPACES):
        named = {"name": f"Bench {number}", "kind": "discussion"}
        space, _made = Space.objects.get_or_create(slug=f"bench-{number}", defaults=named)
        start_thread(
            actor=mod if number else writer,
            space=space,
            kind="discussion",
            title=f"A long thread about poles, number {number}",
            body=f"Some words that make post {uuid4().hex}, no more and no less than that.",
        )
    model = Post.objects.filter(thread__title__startswith="A long thread about poles")[0]
    own = {"id", "thread_id", "position", "author_id"}
    columns = ", ".join(f.column for f in Post._meta.concrete_fields if f.column not in own)
    values = ", ".join(f"p.{name}" for name in columns.split(", "))
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            POSTS.format(columns=columns, values=values), {"each": cases // SPACES + 1, "model": model.pk}
        )
        cursor.execute(CASES, {"mod": mod.pk})
        cursor.execute("ANALYZE")
    return mod


def cpu_of(pid: int) -> float:
    """Return the CPU that a process has used, in ms."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICKS


def cost(call: Callable[[], Any], backend: int, rounds: int) -> tuple[float, float, float]:
    """Return the CPU of one call here and in Postgres, and the median time, in ms."""
    for _ in range(5):
        call()
    times = []
    here, there = time.process_time(), cpu_of(backend)
    for _ in range(rounds):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return (
        (time.process_time() - here) * 1000 / rounds,
        (cpu_of(backend) - there) / rounds,
        statistics.median(times),
    )


def floor(database: str, rounds: int) -> float:
    """Return the CPU of the floor's page, measured in a process of its own."""
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.queue", "--floor", database, "--rounds", str(rounds * 10)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(said.stdout.split()[-1])


def be_floor(database: str, rounds: int) -> None:
    """Measure the floor: a topic of 20 posts, two statements and one template."""
    import psycopg

    with psycopg.connect(database, autocommit=True) as admin:
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = 'queue_floor'").fetchone():
            admin.execute("CREATE DATABASE queue_floor")
    address = psycopg.conninfo.make_conninfo(database, dbname="queue_floor")
    with psycopg.connect(address, autocommit=True) as one:
        if not one.execute("SELECT to_regclass('topic')").fetchone()[0]:  # type: ignore[index]
            tables = (ROOT / "benchmarks/floor/schema.sql").read_text("utf-8").partition("INSERT INTO")[0]
            one.execute(tables + "CREATE UNIQUE INDEX post_topic_pos ON post (topic_id, pos);")
            fill_floor(one)
    os.environ["FLOOR_DSN"], os.environ["FLOOR_TOPIC"] = address, "1"
    from benchmarks.floor.app import connection, page

    backend = connection().info.backend_pid
    here, there, _median = cost(lambda: page(None), backend, rounds)  # type: ignore[arg-type]
    print(f"floor {here:.2f} + {there:.2f} =", round(here + there, 3))


def fill_floor(one: Any) -> None:
    """One topic with twenty posts of a hundred words."""
    words = " ".join(["lorem"] * 100)
    one.execute("INSERT INTO category (id, name, slug) VALUES (1, 'Help', 'help')")
    one.execute("INSERT INTO member (id, name) SELECT n, 'Member ' || n FROM generate_series(1, 200) n")
    one.execute("INSERT INTO topic (id, title, category_id, posts) VALUES (1, 'A thread', 1, 20)")
    one.execute(
        "INSERT INTO post (topic_id, author_id, pos, created, body, html)"
        " SELECT 1, n, n, now(), %s, %s FROM generate_series(1, 20) n",
        (words, f"<p>{words}</p>"),
    )


def measure(mod: Any, rounds: int, explain: bool, bar: float) -> None:
    """Print what each page costs."""
    from django.db import connection
    from django.test import Client

    from community.moderation.models import Case
    from community.spaces.models import Space

    waiting = Case.objects.filter(state="open").order_by("due_at", "-score", "id")
    known = {
        "middle": waiting[50_000 if waiting.count() > 50_000 else 0].pk,
        "space": Space.objects.all()[3].pk,
    }
    client = Client(headers={"host": "localhost"})
    client.force_login(mod, backend="community.members.accounts.MemberBackend")
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    print(f"{'page':28} {'SQL':>4} {'web':>7} {'pg':>7} {'CPU':>7} {'x F':>6} {'p50':>7}   F = {bar:.2f} ms")
    for name, path in PAGES:
        address = path.format(**known)
        asked: list[tuple[float, str, Any]] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            started = time.perf_counter()
            answer = execute(sql, params, many, context)
            asked.append((time.perf_counter() - started, sql, params))  # noqa: B023
            return answer

        with connection.execute_wrapper(note):
            answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.get("Location"))
        counts = "   COUNTS" if any("COUNT(" in sql.upper() for _t, sql, _p in asked) else ""
        web, there, median = cost(lambda: client.get(address), backend, rounds)  # noqa: B023
        told = f"{len(asked):4} {web:7.2f} {there:7.2f} {web + there:7.2f} {(web + there) / bar:6.1f} {median:7.1f}"
        print(f"{name:28} {told}{counts}", flush=True)
        took, sql, params = max(asked, key=lambda one: one[0], default=(0.0, "", None))
        if sql.startswith("SELECT") and (explain or took > 0.02):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + sql, params)
                print("\n".join("    " + row[0][:200] for row in cursor.fetchall()))


def main() -> None:
    """Load, measure the floor, then the queue."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--floor", default="")
    asked = parser.parse_args()
    if asked.floor:
        be_floor(asked.floor, asked.rounds)
        return
    known = point_here()
    mod = load(asked.cases)
    bar = floor(known["DATABASE_URL"], asked.rounds)
    measure(mod, asked.rounds, asked.explain, bar)


if __name__ == "__main__":
    main()
