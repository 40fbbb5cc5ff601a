"""Measures the bars of docs/performance.md by paired rounds against the floor.

    python -m benchmarks.speed [--scale 1.0] [--rounds 10] [--out speed.json] [--only name,name]

Both servers are up at once. Each round visits every case in a new order; just before and just after a visit the floor is
measured the same way. The figure that counts is the median over rounds of case ÷ floor: it survives a noisy machine, while
milliseconds do not. CPU counts the web process, Postgres and Redis together.
"""

import argparse
import asyncio
import gzip
import json
import random
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.client import Session
from benchmarks.preparing import prepare
from benchmarks.processes import cpu_seconds, pss_mb, tree
from benchmarks.targets import Target, facts, serving, sign_in

FLOOR_PAGE: dict[str, Any] = {"path": "/pg/jinja"}
FLOOR_REPLY: dict[str, Any] = {"path": "/pg/reply"}
FLOOR_BYTES: dict[str, Any] = {"path": "/bytes/30000"}

WORDS = ["tistoul", "wind", "pole", "crures", "rain", "fly", "stove", "path", "snow", "strap", "seam", "rope"]


@dataclass
class Case:
    """Something to measure, and the floor it is compared with."""

    name: str
    step: dict[str, Any]
    sessions: list[Session]
    floor: dict[str, Any]
    requests: int = 6
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    floor_wall: list[float] = field(default_factory=list)
    floor_cpu: list[float] = field(default_factory=list)
    every: list[float] = field(default_factory=list)
    size: int = 0
    packed: int = 0


# Another seed each time: the same words by the same member in the same thread would be refused as said already.
chance = random.Random()


async def visit(
    target: Target, session: Session, step: dict[str, Any], count: int
) -> tuple[float, float, list[float], bytes]:
    """Run a step `count` times. Returns median ms, CPU ms a request, every time, and the last answer.

    One more request goes ahead and is not counted: what other cases did to caches and connections is not this case's.
    """
    pids = target.processes()
    before = 0.0
    times = []
    data = b""
    for turn in range(count + 1):
        if turn == 1:
            before = cpu_seconds(pids)
        session.variables.update(fresh(session.variables))
        started = time.perf_counter()
        fine, status, _headers, data = await session.do(step)
        if turn:
            times.append((time.perf_counter() - started) * 1000)
        if not fine:
            raise SystemExit(f"{step['path']} answered {status}: {data[:300]!r}")
    cpu = (cpu_seconds(pids) - before) * 1000 / count
    return statistics.median(times), cpu, times, data


def fresh(variables: dict[str, Any]) -> dict[str, Any]:
    """Return new words, a new thread and a new post for the next write, and a number for pages that must not be cached."""
    words = variables.get("words") or ["wind"]
    return {
        "number": chance.randrange(10**9),
        "body": " ".join(chance.choices(words, k=100)),
        "title": " ".join(chance.choices(words, k=6)) + f" {chance.randrange(10**7)}",
        "thread": chance.randrange(1, 1500),
        "post": chance.randrange(1, variables.get("posts", 30000)),
    }


async def measure(case: Case, target: Target, floor: Target, reference: Session) -> None:
    """One round of one case, between two looks at the floor."""
    session = case.sessions[0]
    case.sessions.append(case.sessions.pop(0))
    wall0, cpu0, _times, _data = await visit(floor, reference, case.floor, 12)
    wall, cpu, times, data = await visit(target, session, case.step, case.requests)
    wall1, cpu1, _times, _data = await visit(floor, reference, case.floor, 12)
    case.wall.append(wall)
    case.cpu.append(cpu)
    case.floor_wall.append((wall0 + wall1) / 2)
    case.floor_cpu.append((cpu0 + cpu1) / 2)
    case.every.extend(times)
    case.size, case.packed = len(data), len(gzip.compress(data, 4))


async def addresses(guest: Session, known: dict[str, Any]) -> dict[str, str]:
    """Find the canonical addresses and the cursor of the page 2,000 threads down the newest list."""
    found = {}
    for name in ("long", "short"):
        _fine, _status, headers, _data = await guest.do(
            {"path": f"/t/{known[name + '_thread']}/", "ok": [200, 301, 302]}
        )
        found[name] = headers.get("location", f"/t/{known[name + '_thread']}/")
    path = "/?view=newest"
    for _page in range(100):
        _fine, _status, _headers, data = await guest.do({"path": path})
        text = data.decode()
        if 'rel="next"' not in text:
            break
        link = text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
        path = link if link.startswith("/") else "/" + link
    found["deep"] = path
    return found


def cases(
    target: Target, known: dict[str, Any], where: dict[str, str], cookies: dict[int, dict[str, str]]
) -> list[Case]:
    """Return everything that is measured."""
    variables = {"words": WORDS, "posts": known["posts"]}

    def user() -> list[Session]:
        return [Session(target.base, jar, variables) for jar in cookies.values()]

    def guest() -> list[Session]:
        return [Session(target.base, None, variables)]

    token = next(iter(cookies.values()))["csrf"]
    form = {"X-CSRFToken": token, "HX-Request": "true"}
    rare, common = "+".join(known["rare_words"]), "+".join(known["common_words"])
    also = "&" if "?" in where["deep"] else "?"
    short, long = where["short"], where["long"]
    reads = [
        ("1 thread, member", short, user()),
        ("2 thread, guest, uncached", short + "?n={number}", guest()),
        ("3 thread, guest, cached", short, guest()),
        ("4 long thread, first page, member", long, user()),
        ("4 long thread, last page, member", long + "?after=980", user()),
        ("4 newest, 2,000 down, member", where["deep"], user()),
        ("5 newest, member", "/?view=newest", user()),
        ("5 newest, guest, uncached", "/?view=newest&n={number}", guest()),
        ("5 newest, 2,000 down, guest, uncached", where["deep"] + also + "n={number}", guest()),
        ("6 home, member", "/", user()),
        ("6 spaces, member", "/spaces/", user()),
        ("6 spaces, guest, uncached", "/spaces/?n={number}", guest()),
        ("7 profile, member", f"/@{known['busiest_name']}/", user()),
        ("7 notices as JSON, member", "/api/v1/me/notices", user()),
        ("8 search, rare words, guest", f"/search/?q={rare}&n={{number}}", guest()),
        (
            "8 search, rare words and filters, guest",
            f"/search/?q={rare}+kind:discussion+after:2000&n={{number}}",
            guest(),
        ),
        ("9 search, common words, guest", f"/search/?q={common}&n={{number}}", guest()),
        (
            "8 suggestions, a common word begun, guest",
            f"/search/suggest/?q={common[:3]}&n={{number}}",
            guest(),
        ),
        ("8 suggestions, two words, member", f"/search/suggest/?q={rare}", user()),
    ]
    found = [
        Case(name, {"path": path}, sessions, FLOOR_BYTES if name.startswith("3") else FLOOR_PAGE)
        for name, path, sessions in reads
    ]
    writes = [
        ("10 reply", {"path": "/t/{thread}/-/reply/", "form": {"body": "{body}"}}),
        (
            "11 new thread",
            {
                "path": "/new/",
                "form": {"title": "{title}", "body": "{body}", "kind": "discussion", "space": "category-3"},
            },
        ),
        ("11 reaction", {"path": "/p/{post}/react/helpful/", "form": {"on": "1"}}),
    ]
    for name, step in writes:
        whole = {"method": "POST", "headers": form, "ok": [200, 201, 204, 303, 403], **step}
        found.append(Case(name, whole, user(), FLOOR_REPLY))
    return found


def summary(case: Case) -> dict[str, Any]:
    """Return the figures of a case."""
    ordered = sorted(case.every)

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)

    return {
        "case": case.name,
        "n": len(ordered),
        "p50": at(0.5),
        "p95": at(0.95),
        "p99": at(0.99),
        "cpu_ms": round(statistics.median(case.cpu), 2),
        "floor_cpu_ms": round(statistics.median(case.floor_cpu), 2),
        "ratio_cpu": round(
            statistics.median(a / b for a, b in zip(case.cpu, case.floor_cpu, strict=True)), 2
        ),
        "ratio_wall": round(
            statistics.median(a / b for a, b in zip(case.wall, case.floor_wall, strict=True)), 2
        ),
        "bytes": case.size,
        "gzip": case.packed,
    }


async def closed_loop(
    base: str, step: dict[str, Any], jars: list[dict[str, str]], seconds: float
) -> tuple[float, list[float]]:
    """Eight clients, each waiting for its answer before asking again. Returns requests a second and every time in ms."""
    until = time.perf_counter() + seconds
    times: list[float] = []

    async def one(jar: dict[str, str]) -> None:
        session = Session(base, jar, {"words": WORDS, "posts": 30000})
        while time.perf_counter() < until:
            session.variables.update(fresh(session.variables))
            started = time.perf_counter()
            fine, status, _headers, data = await session.do(step)
            times.append((time.perf_counter() - started) * 1000)
            if not fine:
                raise SystemExit(f"{step['path']} answered {status}: {data[:300]!r}")
        session.connection.close()

    started = time.perf_counter()
    await asyncio.gather(*(one(jars[n % len(jars)]) for n in range(8)))
    return len(times) / (time.perf_counter() - started), times


async def throughput(
    target: Target, floor: Target, where: dict[str, str], jars: list[dict[str, str]], rounds: int
) -> dict[str, Any]:
    """Bar 14: requests a second at eight clients as a share of the floor's, in turns."""
    shares, ours, theirs = [], [], []
    for _ in range(rounds):
        low, _times = await closed_loop(floor.base, FLOOR_PAGE, [{}], 2)
        rate, _times = await closed_loop(target.base, {"path": where["short"]}, jars, 3)
        high, _times = await closed_loop(floor.base, FLOOR_PAGE, [{}], 2)
        shares.append(rate / ((low + high) / 2))
        ours.append(rate)
        theirs.append((low + high) / 2)
    return {
        "case": "14 thread, member, 8 clients, 2 processes",
        "requests_s": round(statistics.median(ours)),
        "floor_requests_s": round(statistics.median(theirs)),
        "share_of_floor": round(statistics.median(shares), 3),
        "web_pss_mb": round(pss_mb(tree(target.pids))),
    }


async def run(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Measure everything and return one row a case."""
    known = facts()
    only = [part for part in options.only.split(",") if part]
    with serving() as (target, floor, services):
        cookies = sign_in(services)
        where = await addresses(Session(target.base), known)
        chosen = [
            case
            for case in cases(target, known, where, cookies)
            if not only or any(o in case.name for o in only)
        ]
        reference = Session(floor.base)
        for case in chosen:
            for session in case.sessions:
                await visit(target, session, case.step, 5)
        for turn in range(options.rounds):
            chance.shuffle(chosen)
            for case in chosen:
                await measure(case, target, floor, reference)
            print(f"round {turn + 1} of {options.rounds}", flush=True)
        rows = [
            summary(case) for case in sorted(chosen, key=lambda case: (int(case.name.split()[0]), case.name))
        ]
        if not only or "10" in options.only:
            step = next(case.step for case in cases(target, known, where, cookies) if case.name == "10 reply")
            jars = list(cookies.values())
            # Every thread of the server opens a connection and plans its statements in the first second: uncounted.
            await closed_loop(target.base, step, jars, 2)
            _rate, times = await closed_loop(target.base, step, jars, 6)
            times.sort()
            rows.append(
                {
                    "case": "10 reply, 8 clients",
                    "p50": round(times[len(times) // 2], 1),
                    "p99": round(times[int(len(times) * 0.99)], 1),
                }
            )
    if not only or "14" in options.only:
        with serving(workers=2) as (target, floor, services):
            rows.append(await throughput(target, floor, where, list(cookies.values()), 4))
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """Return the rows as a Markdown table."""
    lines = [
        "| case | p50 ms | p95 | p99 | CPU ms | × floor CPU | × floor wall | kB | gzip kB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        if "ratio_cpu" in row:
            lines.append(
                f"| {row['case']} | {row['p50']} | {row['p95']} | {row['p99']} | {row['cpu_ms']} | **{row['ratio_cpu']}** | "
                f"{row['ratio_wall']} | {row['bytes'] / 1000:.0f} | {row['gzip'] / 1000:.0f} |"
            )
        else:
            lines.append(
                "| " + " · ".join(f"{key} {value}" for key, value in row.items()) + " | | | | | | | | |"
            )
    return "\n".join(lines)


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--only", default="")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    prepare(options.scale)
    rows = asyncio.run(run(options))
    print(table(rows))
    if options.out:
        options.out.write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
