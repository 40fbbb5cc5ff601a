"""`ensure_services()`: a database and a queue to talk to, for the running site, a command or a test alike."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

from config.stack import environment, keeper, locks, paths, processes
from config.stack.faults import StackFault

START_SECONDS = 90


@dataclass(frozen=True)
class Services:
    """Where the database and the queue answer."""

    database_url: str
    redis_url: str


# This process's claim on the services. It lives as long as the process does: the kernel gives it back.
_claims: dict[str, locks.Lock] = {}


def ensure_services() -> Services:
    """Return addresses that answer, starting this copy's own servers when they are not running yet.

    Safe to call from any number of processes at once. The servers run on for as long as any caller lives.
    """
    values = environment.load()
    if ours():
        _claim()
        with locks.exclusive(paths.run_folder() / "start.lock", START_SECONDS + 30):
            if not _running():
                _start_keeper()
    return Services(values["DATABASE_URL"], values["REDIS_URL"])


def ours() -> bool:
    """Whether any server is ours to run."""
    return environment.owns_database() or environment.owns_redis()


def release_services() -> None:
    """Give up this process's claim; the keeper stops the servers when it was the last."""
    for claim in _claims.values():
        claim.release()
    _claims.clear()


def stop_services(seconds: float = 40) -> bool:
    """Stop the servers even if someone still uses them; say whether any were running."""
    pid = keeper.read_note().get("pid")
    if not locks.is_held(keeper.lock_file()) or not isinstance(pid, int):
        return False
    processes.signal_quietly(pid, signal.SIGTERM)
    if not processes.wait_until_gone(pid, seconds):
        raise StackFault(
            f"The keeper of the database (process {pid}) does not end.",
            f"Look at {paths.log_folder() / 'services.log'}.",
        )
    return True


def stop_unless_used(seconds: float = 40) -> None:
    """Let the keeper leave at once, rather than after its usual pause, and wait for it unless others need it."""
    pid = keeper.read_note().get("pid")
    if not isinstance(pid, int) or not locks.is_held(keeper.lock_file()):
        return
    processes.signal_quietly(pid, signal.SIGHUP)
    deadline = time.monotonic() + seconds
    while locks.is_held(keeper.lock_file()) and time.monotonic() < deadline:
        if locks.is_shared(keeper.users_file()):
            return
        time.sleep(0.05)


def _claim() -> None:
    """Join the users. A keeper that is just leaving holds the lock until it has gone, so this waits for it."""
    path = keeper.users_file()
    if str(path) in _claims:
        return
    claim = locks.Lock(path)
    if not claim.take(shared=True, seconds=60):
        raise StackFault(
            "The database of the last run is still being stopped.",
            "Wait a moment, then start again.",
        )
    _claims[str(path)] = claim


def _running() -> bool:
    note = keeper.read_note()
    if not locks.is_held(keeper.lock_file()) or note.get("ready") is not True:
        return False
    needed = {
        "postgres": environment.owns_database(),
        "redis": environment.owns_redis(),
    }
    missing = [name for name, ours in needed.items() if ours and name not in str(note.get("owns"))]
    if missing:
        raise StackFault(
            f"What runs in {paths.var_folder()} was started without {' and '.join(missing)}.",
            "Use the same DATABASE_URL and REDIS_URL everywhere, or run `python -m config.stack stop` first.",
        )
    return True


def _start_keeper() -> None:
    """Start the keeper on its own, so that it outlives whoever happened to need it first, and wait for its word."""
    log = paths.log_folder() / "services.log"
    _wait_for_a_leaving_keeper()
    keeper.note_file().unlink(missing_ok=True)
    command = [sys.executable, "-m", "config.stack", "keep"]
    surroundings = {**os.environ, "PYTHONPATH": str(paths.REPOSITORY)}
    child = processes.spawn(
        command,
        log=log,
        dies_with_parent=None,
        environment=surroundings,
        folder=paths.REPOSITORY,
    )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        note = keeper.read_note()
        if note.get("ready") is True:
            _let_go(child)
            return
        if "sentence" in note:
            raise StackFault(str(note["sentence"]), str(note["cure"]))
        if child.poll() is not None and not keeper.read_note():
            break
        time.sleep(0.02)
    raise StackFault(
        f"The database and the queue did not start. The log says:\n{processes.last_lines(log)}",
        f"The logs are in {paths.log_folder()}; `manage.py doctor` looks for the usual causes.",
    )


def _wait_for_a_leaving_keeper() -> None:
    """One that is starting or stopping holds its lock; only one may touch the data at a time."""
    lock = locks.Lock(keeper.lock_file())
    try:
        if not lock.take(seconds=60) and not _running():
            raise StackFault(
                "Another keeper holds this copy's data.",
                "Run `python -m config.stack stop`.",
            )
    finally:
        lock.release()


def _let_go(child: subprocess.Popen[bytes]) -> None:
    """It is not ours to wait for: it ends after we do. Without this, Python warns of a child left running."""
    child.returncode = 0
