"""The four processes of a running site, each as a command. docker-compose.yml runs the same ones."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from config.stack import addresses, environment, paths

# A page is fast and the database is near: a few threads keep two cores busy without a queue in front of the pool.
WEB_THREADS = "4"


@dataclass(frozen=True)
class Part:
    """One process: its name, its command and what it alone needs in its environment."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    # How it shows that it does its work, not only that it runs.
    page: int | None = None
    alive_file: Path | None = None


def all_parts() -> Iterator[Part]:
    """The processes in the order of their start: what a visitor waits for comes first."""
    yield web()
    yield live()
    yield worker()
    yield beat()


def web() -> Part:
    """Pages and the API, by WSGI in a few threads."""
    return Part(
        "web",
        (
            *_granian("wsgi", addresses.web_port()),
            *("--blocking-threads", os.environ.get("WEB_THREADS", WEB_THREADS)),
            *("--workers-kill-timeout", "10"),
            "config.wsgi:application",
        ),
        page=addresses.web_port(),
    )


def live() -> Part:
    """Server-sent events only. Open streams never end by themselves, so a stop gives them two seconds."""
    return Part(
        "live",
        (
            *_granian("asginl", addresses.live_port()),
            *("--workers-kill-timeout", "2"),
            "config.live:application",
        ),
        page=addresses.live_port(),
    )


def worker() -> Part:
    """Runs what the doorbell rings for."""
    alive = paths.run_folder() / "worker.alive"
    return Part(
        "worker",
        (
            *(sys.executable, "-m", "celery", "-A", "config.celery", "worker"),
            *("--queues", "critical,default,bulk"),
            *("--concurrency", os.environ.get("WORKER_PROCESSES", "1")),
            *("--without-gossip", "--without-mingle", "--loglevel", "WARNING"),
        ),
        {"PORCHLIGHT_ALIVE_FILE": str(alive)},
        alive_file=alive,
    )


def beat() -> Part:
    """Rings at set times."""
    return Part("beat", (sys.executable, "-m", "config.beat", str(paths.run_folder() / "beat-schedule")))


def _granian(interface: str, port: int) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "granian", "--interface", interface),
        *("--host", addresses.host(), "--port", str(port)),
        *("--workers", "1", "--respawn-failed-workers", "--no-ws", "--log-level", "warning"),
    )


def surroundings(part: Part | None = None) -> dict[str, str]:
    """The environment of a process of this copy."""
    values = {
        **os.environ,
        **environment.load(),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings"),
        "PORT": str(addresses.web_port()),
        "PORCHLIGHT_LIVE_URL": addresses.live_url(),
        "PYTHONPATH": str(paths.REPOSITORY),
        "PYTHONUNBUFFERED": "1",
        # Without this each thread keeps a memory arena of its own, which never comes back.
        "MALLOC_ARENA_MAX": "2",
        **(part.environment if part else {}),
    }
    # Not writing .pyc files makes every process compile a thousand modules at every start.
    values.pop("PYTHONDONTWRITEBYTECODE", None)
    return values
