"""Several processes that serve pages hold the site in memory once."""

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from benchmarks.processes import tree
from config.stack import paths
from tests.config.stack.conftest import eventually, free_ports

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        sys.platform != "linux", reason="elsewhere every process is an interpreter of its own"
    ),
]


def kilobytes(pid: int, *names: str) -> int:
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(size) for size in re.findall(rf"^(?:{'|'.join(names)}):\s+(\d+)", told, re.MULTILINE))


def test_its_processes_share_most_of_what_they_load() -> None:
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "config.serving", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--no-ws", "config.wsgi:application"]
    server = subprocess.Popen(
        command, cwd=paths.REPOSITORY, env={**os.environ, "PYTHONPATH": str(paths.REPOSITORY)}
    )

    def answers() -> bool:
        try:
            return bool(urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/live").status == 200)
        except OSError:
            return False

    try:
        assert eventually(answers, 40)
        workers = tree([server.pid]) - {server.pid}
        shares = [kilobytes(pid, "Shared_Clean", "Shared_Dirty") / kilobytes(pid, "Rss") for pid in workers]
        assert len(shares) == 2
        assert min(shares) > 0.5, shares
    finally:
        server.terminate()
        assert server.wait(20) in (0, -15)
