"""Break things on purpose while people use the site, and count what was lost or happened twice.

    python -m benchmarks.faults                 all faults, the queue away for a minute
    python -m benchmarks.faults --short         the same with short outages
    python -m benchmarks.faults --only F-01 F-05

Twenty members post, reply and react through the API with a key per act that makes asking again harmless, and keep a
journal of what they were told succeeded. Afterwards everything in the journals must be there, once.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import _inside
from benchmarks._copy import Copy
from benchmarks._load import Crowd

HEAL_SECONDS = 60.0
MEMBERS = 20
# High enough that nobody is slowed down on purpose; they are still counted, with Redis and without.
LIMITS = {
    name: "100000/h"
    for name in ("threads.reply", "threads.reply_first_day", "threads.start", "threads.react")
}
LIMITS |= {
    name: "100000/h" for name in ("threads.start_first_day", "api.key_read", "api.key_write", "threads.keep")
}


@dataclass
class Trial:
    """One fault and how the site took it."""

    id: str
    what: str
    acts: int = 0
    slowest: float = 0.0
    healed: float = 0.0
    faults: list[str] = field(default_factory=list)


class Broken:
    """A copy under load, and the ways to break it."""

    def __init__(self, copy: Copy, crowd: Crowd, *, outage: float) -> None:
        self.copy, self.crowd, self.outage = copy, crowd, outage

    def kill_pool_children(self) -> list[str]:
        """F-01: `kill -9` whoever runs tasks, in the middle of one."""
        killed = 0
        for _again in range(6):
            for pid in self.copy.workers()[1]:
                os.kill(pid, signal.SIGKILL)
                killed += 1
            time.sleep(1.2)
        return [] if killed else ["no pool child was found to kill"]

    def kill_workers(self) -> list[str]:
        """F-02: `kill -9` the whole worker group."""
        killed = 0
        for _again in range(2):
            parents, children = self.copy.workers()
            for pid in (*parents, *children):
                os.kill(pid, signal.SIGKILL)
                killed += 1
            time.sleep(4)
        return [] if killed else ["no worker was found to kill"]

    def stop_redis(self) -> list[str]:
        """F-04: Redis away; nobody may start it again meanwhile."""
        wrong, keeper = [], self.copy.keeper()
        os.kill(keeper, signal.SIGSTOP)
        try:
            for pid in self.copy.named("redis-server"):
                os.kill(pid, signal.SIGKILL)
            time.sleep(1)
            ready = self.copy.json("/healthz/ready")
            if ready["status"] != "degraded":
                wrong.append(f"/healthz/ready says {ready}")
            before = len(self.crowd.journal.done)
            for _second in range(int(self.outage)):
                if self.copy.status("/", 10) != 200:
                    wrong.append("the front page was not answered")
                time.sleep(1)
            if len(self.crowd.journal.done) - before < self.outage / 2:
                wrong.append(f"only {len(self.crowd.journal.done) - before} acts while it was away")
        finally:
            os.kill(keeper, signal.SIGCONT)
        return wrong

    def freeze_redis(self) -> list[str]:
        """F-04b: Redis is there and says nothing, which is worse: everyone waits for it."""
        wrong, frozen = [], self.copy.named("redis-server")
        before = len(self.crowd.journal.done)
        for pid in frozen:
            os.kill(pid, signal.SIGSTOP)
        try:
            time.sleep(max(5.0, self.outage / 4))
        finally:
            for pid in frozen:
                os.kill(pid, signal.SIGCONT)
        if len(self.crowd.journal.done) == before:
            wrong.append("nothing was accepted meanwhile")
        return wrong

    def flush_redis(self) -> list[str]:
        """F-05: FLUSHALL, again and again."""
        answers = []
        for _again in range(5):
            answers.append(self.copy.tell_redis("FLUSHALL"))
            time.sleep(1)
        return [] if all(answer.startswith(b"+OK") for answer in answers) else [f"FLUSHALL: {answers}"]

    def ring_thrice(self) -> list[str]:
        """F-09: every delivering task three times, out of order."""
        rung = self.copy.python(_inside.RING, "8")
        return [] if rung > 50 else [f"only {rung} rings"]


def faults_of(site: Broken) -> dict[str, tuple[str, Callable[[], list[str]]]]:
    """The faults by their ids."""
    return {
        "F-01": ("kill -9 a pool child, six times", site.kill_pool_children),
        "F-02": ("kill -9 all workers, twice", site.kill_workers),
        "F-05": ("FLUSHALL, five times", site.flush_redis),
        "F-09": ("every ring three times", site.ring_thrice),
        "F-04": (f"Redis away for {site.outage:.0f} s", site.stop_redis),
        "F-04b": ("Redis frozen", site.freeze_redis),
    }


def try_fault(site: Broken, id_: str, what: str, break_it: Callable[[], list[str]]) -> Trial:
    """Break it under load, let everyone rest, and see how long until nothing is owed."""
    trial, journal = Trial(id_, what), site.crowd.journal
    begun = len(journal.done)
    trial.faults += break_it()
    began = time.time()
    site.crowd.rest()
    owed = site.copy.python(_inside.BACKLOG, str(HEAL_SECONDS * 2))
    trial.healed = max(0.0, owed["at"] - began)
    if owed["due"] or trial.healed > HEAL_SECONDS:
        trial.faults.append(f"not healed after {trial.healed:.0f} s: {owed}")
    if owed["dead"]:
        trial.faults.append(f"{owed['dead']} promises were given up")
    acts = journal.done[begun:]
    trial.acts = len(acts)
    trial.slowest = max((done.seconds for done in acts), default=0.0)
    site.crowd.working.set()
    return trial


def judge(site: Broken) -> tuple[dict[str, Any], list[str]]:
    """Compare the journals with what is true, and let the site's own auditors look."""
    journal = site.crowd.journal
    kept = site.copy.folder / "journal.json"
    kept.write_text(json.dumps([[done.what, done.marker, done.id] for done in journal.done]))
    truth = site.copy.python(_inside.JUDGE, str(kept))
    wrong = [f"lost: {line}" for line in truth["lost"]] + [f"twice: {line}" for line in truth["twice"]]
    wrong += [f"never answered: {line}" for line in journal.given_up]
    for command in (("audit_ledger",), ("recount", "--check")):
        done = site.copy.manage(*command)
        if done.returncode != 0:
            wrong.append(f"manage.py {' '.join(command)}: {(done.stdout + done.stderr)[-600:]}")
    return truth, wrong


def run(only: list[str], *, outage: float, settle: float, pause: float) -> int:
    """Start a copy, break it, judge it. Returns the exit code."""
    folder = Path(tempfile.mkdtemp(prefix="porchlight-faults-"))
    limits = ",".join(f"{name}={rate}" for name, rate in LIMITS.items())
    copy = Copy(folder / "var", PORCHLIGHT_DEMO="0", LIMITS=limits, WORKER_PROCESSES="2", LOG_LEVEL="WARNING")
    try:
        with copy.up():
            made = copy.python(_inside.PREPARE, str(MEMBERS))
            crowd = Crowd(copy.port, made["tokens"], made["threads"], pause)
            site = Broken(copy, crowd, outage=outage)
            crowd.start()
            time.sleep(settle)
            trials = [
                try_fault(site, id_, what, break_it)
                for id_, (what, break_it) in faults_of(site).items()
                if not only or id_ in only
            ]
            crowd.end()
            wait_until_nothing_is_owed(copy)
            truth, wrong = judge(site)
        report(trials, crowd, truth, wrong)
        failed = bool(wrong) or any(trial.faults for trial in trials)
        if failed:
            print(f"\nLogs are kept in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
        return int(failed)
    finally:
        copy.stop()


def wait_until_nothing_is_owed(copy: Copy) -> None:
    """Give what was promised last the time it may take."""
    copy.python(_inside.BACKLOG, str(HEAL_SECONDS))


def report(trials: list[Trial], crowd: Crowd, truth: dict[str, Any], wrong: list[str]) -> None:
    """The table, and every breach by name."""
    journal = crowd.journal
    print(f"\n{'fault':7}{'what':38}{'acts':>6}{'slowest':>10}{'healed':>9}  result")
    for trial in trials:
        result = "; ".join(trial.faults) or "ok"
        print(
            f"{trial.id:7}{trial.what:38}{trial.acts:6}{trial.slowest:8.1f} s{trial.healed:7.1f} s  {result}"
        )
    kinds = {what: len(journal.of(what)) for what in ("reply", "thread", "reaction")}
    print(
        f"\nacknowledged {len(journal.done)} {kinds}, asked again {sum(d.tries - 1 for d in journal.done)} times"
    )
    print(f"answers by status {dict(sorted(journal.statuses.items()))}, refusals {journal.refused}")
    print(f"true afterwards {json.dumps({k: v for k, v in truth.items() if k not in ('lost', 'twice')})}")
    print("\n".join(wrong) or "nothing was lost, nothing happened twice, the ledger and all counts agree")


def main(arguments: list[str] | None = None) -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.faults", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--short", action="store_true", help="outages of a quarter of a minute")
    parser.add_argument("--only", nargs="*", default=[], help="ids of faults, for example F-01 F-05")
    parser.add_argument("--outage", type=float, default=0, help="seconds that Redis is away")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds a member waits between two acts")
    asked = parser.parse_args(arguments)
    outage = asked.outage or (15.0 if asked.short else 60.0)
    return run(asked.only, outage=outage, settle=2.0 if asked.short else 5.0, pause=asked.pause)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
