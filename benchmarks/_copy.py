"""A copy of Porchlight in a folder of its own: started, asked, broken on purpose, stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
FOREIGN = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "BASE_URL",
    "CELERY_BROKER_URL",
    "DJANGO_SETTINGS_MODULE",
)
START_SECONDS = 180


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses at the moment."""
    lines = [socket.socket() for _ in range(count)]
    try:
        for line in lines:
            line.bind(("127.0.0.1", 0))
        return [int(line.getsockname()[1]) for line in lines]
    finally:
        for line in lines:
            line.close()


class Copy:
    """One copy with its own folder, ports and processes."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.folder = folder
        self.port, live = free_ports(2)
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in FOREIGN},
            "PORCHLIGHT_VAR": str(folder),
            "PORT": str(self.port),
            "PORCHLIGHT_LIVE_PORT": str(live),
            "PORCHLIGHT_LINGER": "1",
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONDONTWRITEBYTECODE": "",
            **more,
        }
        self.supervisor: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where its pages are; the name that its own addresses carry."""
        return f"http://localhost:{self.port}"

    @contextmanager
    def up(self) -> Iterator["Copy"]:
        """The whole site, from its first page to its clean end."""
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def start(self) -> None:
        """Start it and wait for its first page."""
        self.supervisor = subprocess.Popen(
            [sys.executable, "-m", "config.stack", "up"],
            env=self.environment,
            cwd=REPOSITORY,
            stdout=(self.folder.parent / f"{self.folder.name}.said").open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        deadline = time.monotonic() + START_SECONDS
        while self.status("/healthz/ready") != 200:
            if self.supervisor.poll() is not None or time.monotonic() > deadline:
                said = (self.folder.parent / f"{self.folder.name}.said").read_text(errors="replace")
                raise SystemExit(f"The site did not start:\n{said[-3000:]}")
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop it as Ctrl-C would; whatever is left after half a minute is ended."""
        if self.supervisor is None or self.supervisor.poll() is not None:
            return
        self.supervisor.send_signal(signal.SIGINT)
        try:
            self.supervisor.wait(timeout=40)
        except subprocess.TimeoutExpired:
            self.supervisor.kill()

    def status(self, path: str, seconds: float = 5) -> int:
        """The status of an answer; 0 when there is none."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=seconds) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return int(error.code)
        except OSError:
            return 0

    def json(self, path: str) -> Any:
        """What an address says as JSON."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return json.load(answer)

    def python(self, code: str, *arguments: str) -> Any:
        """Run a piece of Python beside the site and return what it printed last, read as JSON."""
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env=self.environment,
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode != 0:
            raise SystemExit(f"{done.stderr[-3000:]}")
        return json.loads(done.stdout.strip().splitlines()[-1])

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of `manage.py` to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env=self.environment,
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def processes(self) -> dict[int, tuple[int, str]]:
        """Every process of this copy: number to parent and command."""
        found: dict[int, tuple[int, str]] = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                found[int(entry.name)] = (
                    parent,
                    (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(),
                )
            except (OSError, UnicodeDecodeError, IndexError):
                continue
        assert self.supervisor is not None
        note = json.loads((self.folder / "run" / "keeper.json").read_text())
        family = {self.supervisor.pid, int(note["pid"])}
        while grown := {pid for pid, (parent, _command) in found.items() if parent in family} - family:
            family |= grown
        return {pid: found[pid] for pid in family if pid in found}

    def named(self, words: str) -> list[int]:
        """The processes whose command holds these words."""
        return sorted(pid for pid, (_parent, command) in self.processes().items() if words in command)

    def workers(self) -> tuple[list[int], list[int]]:
        """Celery's parents and their pool children."""
        all_ = self.processes()
        mine = {
            pid
            for pid, (_p, command) in all_.items()
            if "porchlight worker" in command or "config.celery" in command
        }
        children = [pid for pid in mine if all_[pid][0] in mine]
        return sorted(mine - set(children)), sorted(children)

    def keeper(self) -> int:
        """Who watches over Postgres and Redis."""
        return int(json.loads((self.folder / "run" / "keeper.json").read_text())["pid"])

    def redis_socket(self) -> Path:
        """Where its Redis listens."""
        beside = self.folder / "run" / "redis.sock"
        if beside.exists():
            return beside
        return Path(
            self.python(
                "import json; from config.stack import redis; print(json.dumps(str(redis.socket_file())))"
            )
        )

    def tell_redis(self, *words: str) -> bytes:
        """Say something to Redis."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(self.redis_socket()))
            line.sendall(" ".join(words).encode() + b"\r\n")
            return line.recv(256)
