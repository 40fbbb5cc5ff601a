"""The usual causes of trouble, each with a sentence and its cure. `manage.py doctor` and the start share them."""

import importlib.util
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from config.stack import (
    addresses,
    environment,
    hosts,
    keeper,
    locks,
    paths,
    postgres,
    privileges,
    redis,
    secrets,
)
from config.stack.faults import StackFault

LEAST_FREE = 200_000_000
COMFORTABLE_FREE = 1_000_000_000
OLDEST_PYTHON = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Finding:
    """What one look found; `cure` is empty when all is well."""

    subject: str
    sentence: str
    cure: str = ""
    fatal: bool = True

    @property
    def fine(self) -> bool:
        """Whether nothing needs doing."""
        return not self.cure


def python_version() -> Iterable[Finding]:
    """Python must be new enough."""
    said = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < OLDEST_PYTHON:
        yield Finding(
            "python",
            f"This is Python {said}; Porchlight needs 3.11 or newer.",
            "Run `make run PYTHON=python3.12`.",
        )
    else:
        yield Finding("python", f"Python {said}.")


def data_folder() -> Iterable[Finding]:
    """The data folder must be writable and have room."""
    folder = paths.var_folder()
    try:
        paths.private_folder(folder)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"x")
    except StackFault as fault:
        yield Finding("folder", fault.sentence, fault.cure)
        return
    except OSError as error:
        yield Finding(
            "folder",
            f"Nothing can be written in {folder}: {error.strerror}.",
            "Free some space, or set PORCHLIGHT_VAR to another folder.",
        )
        return
    yield Finding("folder", f"Data is kept in {folder}.")
    yield from _room(folder)


def _room(folder: Path) -> Iterable[Finding]:
    free = shutil.disk_usage(folder).free
    said = f"{free / 1e9:.1f} GB are free on the disk of {folder}"
    if free < COMFORTABLE_FREE:
        yield Finding(
            "disk",
            f"Only {said}.",
            "Free some space, or set PORCHLIGHT_VAR to a larger disk.",
            fatal=free < LEAST_FREE,
        )
    else:
        yield Finding("disk", f"{said}.")


def ports() -> Iterable[Finding]:
    """The addresses must be free, unless it is this copy that uses them."""
    if locks.is_held(paths.run_folder() / "supervisor.lock"):
        yield Finding("port", "Porchlight is running from this folder.")
    else:
        yield from free_ports()


def free_ports() -> Iterable[Finding]:
    """The addresses for pages and for live updates must be free."""
    for name, port in (("PORT", addresses.web_port()), ("PORCHLIGHT_LIVE_PORT", addresses.live_port())):
        if _port_is_free(addresses.host(), port):
            yield Finding("port", f"Port {port} is free.")
        else:
            yield Finding(
                "port",
                f"Port {port} is in use by another program.",
                f"Choose another one: `{name}={port + 10} make run`.",
            )


def _port_is_free(host: str, port: int) -> bool:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError:
        return False
    return True


def names() -> Iterable[Finding]:
    """The names by which the site answers are known; any name at all is too many."""
    known = hosts.allowed()
    if "*" in known:
        yield Finding(
            "names",
            "ALLOWED_HOSTS=* lets any page on the web speak to Porchlight as if it were one of its own.",
            "Name the addresses that people use: `ALLOWED_HOSTS=community.lan,192.168.1.20`.",
            fatal=False,
        )
    else:
        yield Finding("names", f"It answers to {', '.join(known)}. ALLOWED_HOSTS adds others.")


def database() -> Iterable[Finding]:
    """Either our own Postgres can run here, or the one that was named answers."""
    if environment.owns_database():
        yield from _own_database()
    else:
        yield from _named_database(os.environ["DATABASE_URL"])


def _own_database() -> Iterable[Finding]:
    try:
        programs = postgres.bin_folder()
        privileges.account_for_postgres(programs, paths.private_folder(postgres.root_folder()))
    except StackFault as fault:
        yield Finding("database", fault.sentence, fault.cure)
        return
    yield Finding("database", f"PostgreSQL {postgres.version(programs)} from {programs}.")


def _named_database(url: str) -> Iterable[Finding]:
    place = _without_password(url)
    if importlib.util.find_spec("psycopg") is None:
        yield Finding("database", "The packages are not installed.", "Run `make run`.")
        return
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=4) as connection:
            number = connection.info.server_version // 10000
    except (psycopg.Error, ValueError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        yield Finding(
            "database",
            f"DATABASE_URL ({place}) does not answer: {first}",
            "Correct DATABASE_URL (postgresql://name:password@host:5432/database), or unset it to use the "
            "database that comes with Porchlight.",
        )
        return
    if number < postgres.MINIMUM_VERSION:
        yield Finding(
            "database",
            f"The server at {place} is PostgreSQL {number}.",
            f"Use PostgreSQL {postgres.MINIMUM_VERSION} or newer.",
        )
    else:
        yield Finding("database", f"PostgreSQL {number} answers at {place}.")


def queue() -> Iterable[Finding]:
    """Either our own Redis can run here, or the one that was named answers."""
    if environment.owns_redis():
        try:
            yield Finding("queue", f"Redis from {redis.server_program()}.")
        except StackFault as fault:
            yield Finding("queue", fault.sentence, fault.cure)
        return
    url = os.environ["REDIS_URL"]
    place = _without_password(url)
    if importlib.util.find_spec("redis") is None:
        yield Finding("queue", "The packages are not installed.", "Run `make run`.")
        return
    import redis as client

    try:
        client.Redis.from_url(url, socket_timeout=4, socket_connect_timeout=4).ping()
    except (ValueError, OSError, client.RedisError) as error:
        yield Finding(
            "queue",
            f"REDIS_URL ({place}) does not answer: {error}",
            "Correct REDIS_URL (redis://host:6379/0), or unset it to use the one that comes with Porchlight.",
        )
        return
    yield Finding("queue", f"Redis answers at {place}.")


def _without_password(url: str) -> str:
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname or ''}{parts.path}" if parts.scheme else "no address at all"
    except ValueError:
        return "not an address"


def notices_to_browsers() -> Iterable[Finding]:
    """Notices to browsers need a key, and an address that browsers trust."""
    key = os.environ.get("VAPID_PRIVATE_KEY") or secrets.read_secrets().get("VAPID_PRIVATE_KEY", "")
    cure = "Put what `python -m config.stack vapid-key` prints into VAPID_PRIVATE_KEY, and keep it."
    if key and not secrets.is_vapid_key(key):
        yield Finding(
            "push", "VAPID_PRIVATE_KEY is not a private key of 32 bytes as base64url.", cure, fatal=False
        )
    elif key:
        yield Finding("push", "The key for notices to browsers is there.")
    elif os.environ.get("PORCHLIGHT_ENV") == "production":
        yield Finding("push", "Notices to browsers are off: VAPID_PRIVATE_KEY is not set.", cure, fatal=False)
    else:
        yield Finding("push", "The key for notices to browsers is made at the first start.")


def leftovers() -> Iterable[Finding]:
    """What a killed run left behind. The next start clears it; a keeper that hangs has to be stopped."""
    note = keeper.read_note()
    pid = note.get("pid")
    held = locks.is_held(keeper.lock_file())
    if held and environment.owns_redis() and note.get("ready") is True and not redis.answers():
        yield Finding(
            "locks",
            f"The keeper of the database and the queue (process {pid}) runs, but the queue does not answer.",
            "Run `python -m config.stack stop`, then start again.",
        )
    elif note and not held:
        yield Finding("locks", "A run that was killed left a note behind; the next start clears it.")
    else:
        yield Finding("locks", "The database and the queue are running." if held else "No lock is left over.")


def browser() -> Iterable[Finding]:
    """Only the tests need one."""
    chosen = os.environ.get("CHROMIUM")
    found = chosen if chosen else next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found and os.access(found, os.X_OK):
        yield Finding("browser", f"Chromium for the tests: {found}.")
    else:
        yield Finding(
            "browser",
            "No Chromium was found; the browser tests need one, running the site does not.",
            "Install it (`apt-get install chromium`), or run `make test CHROMIUM=/path/to/chromium`.",
            fatal=False,
        )


LOOKS: tuple[Callable[[], Iterable[Finding]], ...] = (
    python_version,
    data_folder,
    leftovers,
    ports,
    names,
    database,
    queue,
    notices_to_browsers,
    browser,
)


def examine(looks: Iterable[Callable[[], Iterable[Finding]]] = LOOKS) -> list[Finding]:
    """Take every look; one that cannot even look says why."""
    findings: list[Finding] = []
    for look in looks:
        try:
            findings.extend(look())
        except StackFault as fault:
            findings.append(Finding(look.__name__, fault.sentence, fault.cure))
    return findings


def require(looks: Iterable[Callable[[], Iterable[Finding]]]) -> None:
    """Raise the first thing that would keep the site from starting."""
    for look in looks:
        for finding in look():
            if not finding.fine and finding.fatal:
                raise StackFault(finding.sentence, finding.cure)


def report() -> int:
    """Print every finding; 1 when one of them needs a cure before the site can run."""
    findings = examine()
    for finding in findings:
        mark = "ok  " if finding.fine else ("STOP" if finding.fatal else "note")
        print(f"{mark}  {finding.sentence}")
        if finding.cure:
            print(f"      {finding.cure}")
    return 1 if any(finding.fatal and not finding.fine for finding in findings) else 0
