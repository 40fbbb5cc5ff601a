"""How long until the first page, and what the site costs while nobody is there.

    python -m benchmarks startup            in a fresh folder: cold start, warm starts, idle memory
    DEMO=1 python -m benchmarks startup     with the demo community
    SETTLE=60 …                             wait longer before weighing the idle site

Memory is PSS: pages shared by several processes count once. The machine's load is printed with the figures: on two busy
cores everything takes longer.
"""

import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import defaultdict
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
WARM_STARTS = int(os.environ.get("RUNS", "3"))
PAGE = os.environ.get("PAGE", "/")
SETTLE = float(os.environ.get("SETTLE", "20"))
# What the command of a part holds: first its name as a fork, then the command it has on its own. First match counts.
PARTS = {
    "supervisor": ("config.stack up",),
    "keeper": ("config.stack keep",),
    "web": ("porchlight web", "config.wsgi"),
    "live": ("porchlight live", "config.live"),
    "worker": ("porchlight worker", "config.celery"),
    "beat": ("porchlight beat", "config.beat"),
    "redis": ("redis-server",),
    "postgres": ("postgres",),
}


class Site:
    """One copy in a folder of its own, started again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        foreign = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PYTHONDONTWRITEBYTECODE", "BASE_URL")
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in foreign},
            "PORCHLIGHT_VAR": str(folder),
            "PORT": str(self.port),
            "PORCHLIGHT_LIVE_PORT": str(free_port()),
            "PORCHLIGHT_LINGER": "0",
            "PORCHLIGHT_DEMO": os.environ.get("DEMO", "0"),
        }
        self.supervisor: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it and return the seconds until a visitor sees the first page."""
        began = time.monotonic()
        self.supervisor = subprocess.Popen(
            [sys.executable, "-m", "config.stack", "up"],
            env=self.environment,
            cwd=REPOSITORY,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        while not self.serves():
            if self.supervisor.poll() is not None:
                raise SystemExit("The site did not start; its reason stands above.")
            time.sleep(0.02)
        return time.monotonic() - began

    def serves(self) -> bool:
        """Whether the page is answered."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{PAGE}", timeout=10) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{PAGE} answers {error.code}: see {self.folder}/log/web.log") from error
        except OSError:
            return False

    def stop(self) -> float:
        """Stop it and return the seconds that took."""
        assert self.supervisor is not None
        began = time.monotonic()
        self.supervisor.send_signal(signal.SIGINT)
        self.supervisor.wait(timeout=60)
        return time.monotonic() - began

    def processes(self) -> dict[int, str]:
        """Every process of this copy: the supervisor, the keeper and all that descend from them."""
        parents, commands = {}, {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
                commands[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, UnicodeDecodeError):
                continue
            parents[int(entry.name)] = int(stat[1])
        assert self.supervisor is not None
        keeper = json.loads((self.folder / "run" / "keeper.json").read_text())["pid"]
        family = {self.supervisor.pid, keeper}
        while grown := {pid for pid, parent in parents.items() if parent in family} - family:
            family |= grown
        return {pid: commands[pid] for pid in family if commands.get(pid)}

    def memory(self) -> dict[str, float]:
        """Megabytes (PSS) of each part."""
        found: dict[str, float] = defaultdict(float)
        for pid, command in self.processes().items():
            matches = (name for name, words in PARTS.items() if any(word in command for word in words))
            part = next(matches, command[:30])
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    found[part] += int(line.split()[1]) / 1024
        return dict(found)

    def processor_seconds(self) -> float:
        """What all of its processes have used of the processor so far."""
        ticks = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
        return ticks / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def measure(folder: Path) -> dict[str, Any]:
    """One cold start, some warm ones, and the idle site on the scales."""
    site = Site(folder)
    figures: dict[str, Any] = {"load": os.getloadavg()[0], "cores": os.cpu_count()}
    figures["cold_seconds"] = site.start()
    figures["processor_seconds_of_a_cold_start"] = site.processor_seconds()
    site.stop()
    warm, ends = [], []
    for _ in range(WARM_STARTS):
        warm.append(site.start())
        time.sleep(SETTLE if len(warm) == WARM_STARTS else 3)
        if len(warm) == WARM_STARTS:
            figures["idle_megabytes"] = site.memory()
            figures["processor_seconds_of_a_warm_start"] = site.processor_seconds()
            time.sleep(10)
            idle = site.processor_seconds() - figures["processor_seconds_of_a_warm_start"]
            figures["idle_processor_percent"] = idle * 10
        ends.append(site.stop())
    figures |= {"warm_seconds": warm, "stop_seconds": ends}
    figures["idle_megabytes_total"] = sum(figures["idle_megabytes"].values())
    return figures


def report(figures: dict[str, Any]) -> None:
    """The figures for people."""
    print(f"load {figures['load']:.1f} on {figures['cores']} cores")
    print(f"{'cold start to first page':32}{figures['cold_seconds']:8.1f} s")
    print(f"{'warm start to first page':32}{statistics.median(figures['warm_seconds']):8.1f} s")
    print(f"{'Ctrl-C to all stopped':32}{statistics.median(figures['stop_seconds']):8.1f} s")
    print(f"{'processor, a cold start':32}{figures['processor_seconds_of_a_cold_start']:8.1f} s")
    print(f"{'processor, a warm start':32}{figures['processor_seconds_of_a_warm_start']:8.1f} s")
    print(f"{'processor while idle':32}{figures['idle_processor_percent']:8.1f} %")
    for part, megabytes in sorted(figures["idle_megabytes"].items(), key=lambda pair: -pair[1]):
        print(f"{'idle memory, ' + part:32}{megabytes:8.1f} MB")
    print(f"{'idle memory, all':32}{figures['idle_megabytes_total']:8.1f} MB")


def main() -> None:
    """Measure in a folder that is removed afterwards, and keep the figures in `var/bench/startup.json`."""
    folder = Path(tempfile.mkdtemp(prefix="porchlight-bench-"))
    try:
        figures = measure(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report(figures)
    kept = REPOSITORY / "var" / "bench" / "startup.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(figures, indent=2) + "\n")
    print(f"\n{json.dumps(figures)}")


if __name__ == "__main__":
    main()
