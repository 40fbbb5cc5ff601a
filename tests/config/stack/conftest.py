"""Copies of Porchlight beside the one that the test session uses: own folder, own ports, own processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.stack import paths

GIVEN_BY_THE_SESSION = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "DJANGO_SETTINGS_MODULE",
    "BASE_URL",
    "PORT",
)


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses at the moment."""
    lines = [socket.socket() for _ in range(count)]
    try:
        for line in lines:
            line.bind(("127.0.0.1", 0))
        return [line.getsockname()[1] for line in lines]
    finally:
        for line in lines:
            line.close()


class Copy:
    """One copy of Porchlight in a folder of its own."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.folder = folder
        self.port, live_port = free_ports(2)
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in GIVEN_BY_THE_SESSION},
            "PORCHLIGHT_VAR": str(folder),
            "PORT": str(self.port),
            "PORCHLIGHT_LIVE_PORT": str(live_port),
            "PORCHLIGHT_DEMO": "0",
            "PORCHLIGHT_LINGER": "0.3",
            "PYTHONPATH": str(paths.REPOSITORY),
            **more,
        }

    def python(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run Python to its end."""
        return subprocess.run(
            [sys.executable, *arguments],
            env={**self.environment, **more},
            cwd=paths.REPOSITORY,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start Python and let it run."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=paths.REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    @contextmanager
    def up(self) -> Iterator[subprocess.Popen[str]]:
        """The whole site, from its first page to its clean end."""
        process = self.start("-m", "config.stack", "up")
        try:
            said = read_until(process, "Ctrl-C stops everything.")
            assert "is ready at" in said, said
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.communicate(timeout=40)
            except subprocess.TimeoutExpired:
                process.kill()
            assert self.wait_until_empty(), self.processes()

    def processes(self) -> dict[int, str]:
        """Every living process that belongs to this copy, whoever its parent is by now."""
        mark = f"PORCHLIGHT_VAR={self.folder}".encode()
        found = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                environment = (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            # A server that renames itself may have written over its environment.
            if command and (mark in environment or f"{self.folder}/" in command):
                found[int(entry.name)] = command
        return found

    def process(self, part: str) -> int:
        """The first process whose command holds these words."""
        return min(pid for pid, command in self.processes().items() if part in command)

    def wait_until_empty(self, seconds: float = 25) -> bool:
        """Whether all of its processes end."""
        return eventually(lambda: not self.processes(), seconds)

    def end(self) -> None:
        """Leave nothing behind, whatever the test did."""
        for pid in self.processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


def eventually(holds: Callable[[], object], seconds: float = 20) -> bool:
    """Whether something comes true in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """Read what a process says until it says these words or ends."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            break
    return said


@pytest.fixture
def make_copy(tmp_path: Path) -> Iterator[Callable[..., Copy]]:
    """Make a copy that is cleared away after the test."""
    made: list[Copy] = []

    def make(name: str = "var", **more: str) -> Copy:
        copy = Copy(tmp_path / name, **more)
        made.append(copy)
        return copy

    yield make
    for copy in made:
        copy.end()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """A copy whose database is prepared already, so that each start of it is a warm one."""
    copy = Copy(tmp_path_factory.mktemp("site") / "var")
    with copy.up():
        pass
    yield copy
    copy.end()
