"""Bringing database and static files up to the code, skipped when neither has changed since the last start."""

import hashlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from config.stack import addresses, environment, parts, paths, postgres, processes
from config.stack.faults import StackFault

FAMILIES = ("community", "rewards", "engagement", "config")


def stamp_file() -> Path:
    """Beside the data it speaks of, so that it goes when the data goes."""
    return postgres.root_folder() / "prepared"


def fingerprint() -> str:
    """A short name for everything that preparation depends on."""
    digest = hashlib.sha256(f"{sys.version} {wants_demo()}".encode())
    for path in sorted(_sources()):
        found = path.stat()
        digest.update(f"{path}|{found.st_size}|{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    root = paths.REPOSITORY
    yield from root.glob("requirements*.lock")
    yield from (path for path in (root / "static").rglob("*") if path.is_file())
    for family in FAMILIES:
        yield from (root / family).glob("*/migrations/*.py")
        yield from (path for path in (root / family).glob("*/static/**/*") if path.is_file())


def is_prepared() -> bool:
    """Whether the last preparation still holds. A database of your own may have changed behind us: always look."""
    if not environment.owns_database():
        return False
    try:
        return stamp_file().read_text() == fingerprint() and (paths.var_folder() / "static").is_dir()
    except FileNotFoundError:
        return False


def wants_demo() -> bool:
    """Whether an empty site is filled. The demo's passwords are known to everyone, so it stays on this machine."""
    if os.environ.get("PORCHLIGHT_ENV") == "production":
        return False
    said = os.environ.get("PORCHLIGHT_DEMO")
    if said in ("0", "1"):
        return said == "1"
    return addresses.is_private() and not addresses.site_url().startswith("https://")


def prepare(check: Callable[[], None]) -> None:
    """Migrate, gather static files and tell the demo's story when the site is empty, in one process.

    `check` is asked now and then, and raises when somebody wants the end.
    """
    before = fingerprint()
    log = paths.log_folder() / "prepare.log"
    surroundings = {**parts.surroundings(), "PG_STATEMENT_TIMEOUT": "0", "PG_LOCK_TIMEOUT": "10s"}
    # A seed writes for longer than a page may; nothing waits for it.
    surroundings["PG_IDLE_IN_TRANSACTION_SESSION_TIMEOUT"] = "0"
    command = [sys.executable, str(paths.REPOSITORY / "manage.py"), "prepare"]
    if not wants_demo():
        command.append("--no-demo")
    child = processes.spawn(command, log=log, environment=surroundings, folder=paths.REPOSITORY)
    try:
        while child.poll() is None:
            check()
            time.sleep(0.05)
    finally:
        processes.stop_all([child], ((signal.SIGTERM, 5.0),))
    if child.returncode != 0:
        raise StackFault(
            f"The database could not be brought up to date. The log ends:\n{processes.last_lines(log, 12)}",
            f"The whole log is {log}. Nothing was half done: each migration is one transaction.",
        )
    if environment.owns_database():
        stamp_file().write_text(before)
