"""The audit log with 1,000,000 entries: what its page, its searches and its file cost, and whether anything counts the table.

    python -m benchmarks.audit [--entries 1000000] [--rounds 30] [--explain]

A database of its own under `var/bench/audit` is made once: entries by one statement, sealed by the real task. Pages are called in
this process; CPU is that of this process and of its Postgres backend, as in `benchmarks.queue`.
"""

import argparse
import datetime as dt
import os
import time
from collections.abc import Callable
from typing import Any

from benchmarks.queue import ROOT, cost, cpu_of

ACTORS = 40
ACTS = ("case.decided", "member.penalised", "post.state_changed", "number.changed", "member.role_changed")
# Three years, the oldest first; one actor in forty did each, one word in a hundred thousand stands in ten entries.
ENTRIES = """
INSERT INTO moderation_auditentry
  (actor_id, actor_name, act, target_type, target_pk, before, after, reason, activity_id, occurred_at)
SELECT m.id, 'Bench Manager ' || n %% %(actors)s, (%(acts)s::text[])[1 + n %% 5],
  CASE n %% 5 WHEN 0 THEN 'moderation.case' WHEN 2 THEN 'threads.post' ELSE 'members.member' END, n %% 50000,
  jsonb_build_object('value', n %% 90), jsonb_build_object('value', n %% 90 + 1, 'key', 'bench.number' || n %% 300),
  'It was about tents ' || 'word' || n %% 100000, n, now() - (%(entries)s - n) * interval '1096 days' / %(entries)s
  FROM generate_series(1, %(entries)s) n
  JOIN members_member m ON m.handle = 'benchm' || n %% %(actors)s ORDER BY n
"""
PAGE = "/admin/moderation/auditentry/"
PAGES = (
    ("first page", PAGE),
    ("500,000 down", PAGE + "?before={middle}"),
    ("by one actor", PAGE + "?actor=benchm7"),
    ("by one actor, far down", PAGE + "?actor=benchm7&before={middle}"),
    ("one act", PAGE + "?act=number.changed"),
    ("one act by one actor", PAGE + "?act=number.changed&actor=benchm3"),
    ("an act that never was", PAGE + "?act=brand.changed"),
    ("one object", PAGE + "?target_type=members.member&target_pk=4711"),
    ("one day two years ago", PAGE + "?since={day}&until={day}"),
    ("until two years ago", PAGE + "?until={day}"),
    ("one day, one actor", PAGE + "?since={day}&until={day}&actor=benchm7"),
    ("a rare word", PAGE + "?words=word4711"),
    ("a word in every entry", PAGE + "?words=tents"),
    ("a word in every entry, one actor", PAGE + "?words=tents&actor=benchm7"),
    ("a rare word and an old day", PAGE + "?words=word4711&until={day}"),
    ("a word that is nowhere", PAGE + "?words=nowhere"),
    ("API, first page", "/api/v1/moderation/log?limit=50"),
    ("API, one actor", "/api/v1/moderation/log?limit=50&actor=benchm7"),
    ("API, a rare word", "/api/v1/moderation/log?limit=50&words=word4711"),
)


def point_here() -> None:
    """Start the database of this benchmark and point this process at it."""
    os.environ.setdefault("PORCHLIGHT_VAR", str(ROOT / "var" / "bench" / "audit"))
    os.environ["DJANGO_SETTINGS_MODULE"], os.environ["SECOND_FACTOR"] = "config.settings", "off"
    from config.stack.services import ensure_services

    services = ensure_services()
    os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = services.database_url, services.redis_url
    import django

    django.setup()


def load(entries: int) -> Any:
    """Load the entries unless that was done, and seal them. Returns the manager who reads them."""
    from django.core.management import call_command
    from django.db import connection

    from community.members.models import Member
    from community.moderation.log.sealing import seal_entries
    from community.moderation.models import AuditEntry

    call_command("migrate", verbosity=0)
    Member.objects.bulk_create(
        [
            Member(handle=f"benchm{n}", name=f"Bench Manager {n}", email=f"m{n}@example.net", role="manager")
            for n in range(ACTORS)
        ],
        ignore_conflicts=True,
    )
    if not AuditEntry.objects.filter(activity_id=entries).exists():
        started = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute(ENTRIES, {"actors": ACTORS, "acts": list(ACTS), "entries": entries})
            cursor.execute("VACUUM ANALYZE moderation_auditentry")
        print(f"{entries:,} entries written in {time.perf_counter() - started:.0f} s", flush=True)
    started, sealed = time.perf_counter(), 0
    while now := seal_entries():
        sealed += now
    if sealed:
        took = time.perf_counter() - started
        print(f"{sealed:,} entries sealed in {took:.0f} s, {sealed / took:,.0f} a second", flush=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE moderation_auditseal")
    return Member.objects.get(handle="benchm0")


def known() -> dict[str, Any]:
    """Return a key in the middle and a day two years ago."""
    from django.utils import timezone

    from community.moderation.models import AuditEntry

    last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    return {"middle": last // 2, "day": (timezone.now() - dt.timedelta(days=730)).date().isoformat()}


def measure(client: Any, rounds: int, explain: bool) -> None:
    """Print what each page costs."""
    from django.db import connection

    values = known()
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    print(f"{'what':34} {'SQL':>4} {'web':>7} {'pg':>7} {'CPU':>7} {'p50':>7}  (ms)")
    for name, path in PAGES:
        address = path.format(**values)
        asked: list[tuple[float, str, Any]] = []
        with connection.execute_wrapper(_noting(asked)):
            answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        counts = "   COUNTS" if any("COUNT(" in sql.upper() for _t, sql, _p in asked) else ""
        web, there, median = cost(lambda: client.get(address), backend, rounds)  # noqa: B023
        print(
            f"{name:34} {len(asked):4} {web:7.2f} {there:7.2f} {web + there:7.2f} {median:7.1f}{counts}",
            flush=True,
        )
        took, sql, params = max(asked, key=lambda one: one[0], default=(0.0, "", None))
        if sql.startswith("SELECT") and (explain or took > 0.03):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + sql, params)
                print("\n".join("    " + row[0][:200] for row in cursor.fetchall()))


def _noting(asked: list[tuple[float, str, Any]]) -> Callable[..., Any]:
    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        answer = execute(sql, params, many, context)
        asked.append((time.perf_counter() - started, sql, params))
        return answer

    return note


def measure_whole(client: Any) -> None:
    """Print what reading all of it costs: the file, streamed, and the check of every seal."""
    import resource

    from django.db import connection

    from community.moderation.log.sealing import verify_chain

    backend = connection.connection.info.backend_pid
    for format in ("jsonl", "csv"):
        started, here, there = time.perf_counter(), time.process_time(), cpu_of(backend)
        answer = client.post(PAGE, {"format": format})
        pieces = (len(piece) for piece in answer.streaming_content)
        first, size = time.perf_counter() - started, 0
        for count, piece in enumerate(pieces):
            first = time.perf_counter() - started if count == 0 else first
            size += piece
        told = f"{size / 1e6:.0f} MB in {time.perf_counter() - started:.0f} s, first piece after {first * 1000:.0f} ms"
        used = f"{time.process_time() - here:.0f} + {(cpu_of(backend) - there) / 1000:.0f} s of CPU"
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"file, {format}: {told}, {used}, {peak} MB at the most in this process", flush=True)
    started, here = time.perf_counter(), time.process_time()
    verdict = verify_chain()
    took = time.perf_counter() - started
    print(
        f"seals: {verdict.sealed:,} checked in {took:.0f} s ({time.process_time() - here:.0f} s of CPU), holds: {verdict.holds}"
    )


def main() -> None:
    """Load, then measure the pages, the file and the seals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--explain", action="store_true")
    asked = parser.parse_args()
    point_here()
    reader = load(asked.entries)
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(reader, backend="community.members.accounts.MemberBackend")
    measure(client, asked.rounds, asked.explain)
    measure_whole(client)


if __name__ == "__main__":
    main()
