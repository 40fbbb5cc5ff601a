"""Starts what is measured: Porchlight's web process and the floor, both with one process, on a loaded database."""

import json
import os
import re
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.processes import tree
from config.stack import environment, keeper
from config.stack.services import Services, ensure_services

ROOT = Path(__file__).resolve().parents[1]
PORT, FLOOR_PORT = 8871, 8872
READERS = range(101, 110)


@dataclass
class Target:
    """One server: where it answers and which processes it is."""

    name: str
    base: str
    pids: list[int]
    shared: list[int] = field(default_factory=list)

    def processes(self) -> set[int]:
        """Return its processes and those of the database and the queue it uses."""
        return tree(self.pids + self.shared)


def wait_for(url: str, seconds: float = 60) -> None:
    """Wait until a server answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).read()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@contextmanager
def serving(workers: int = 1) -> Any:
    """Serve Porchlight and the floor; yields both targets and the services."""
    services = ensure_services()
    shared = [int(keeper.read_note()["pid"])] if environment.owns_database() else []
    settings = {
        **os.environ,
        "DATABASE_URL": services.database_url,
        "REDIS_URL": services.redis_url,
        "LIMITS_ENABLED": "0",
        "LOG_LEVEL": "ERROR",
        "PORT": str(PORT),
        # As it is served everywhere else (`config.stack.parts`, the Dockerfile).
        "MALLOC_ARENA_MAX": "2",
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput"],
        cwd=ROOT,
        env=settings,
        check=True,
        capture_output=True,
    )
    parts = psycopg.conninfo.conninfo_to_dict(services.database_url)
    floor_address = psycopg.conninfo.make_conninfo("", **{**parts, "dbname": "floor"})
    common = ["--interface", "wsgi", "--host", "127.0.0.1", "--workers", str(workers), "--no-ws"]
    common += ["--log-level", "error", "--blocking-threads", "4"]
    web = subprocess.Popen(
        [sys.executable, "-m", "config.serving", *common, "--port", str(PORT), "config.wsgi:application"],
        cwd=ROOT,
        env=settings,
    )
    floor = subprocess.Popen(
        [sys.executable, "-m", "granian", *common, "--port", str(FLOOR_PORT), "benchmarks.floor.app:wsgi"],
        cwd=ROOT,
        env={**settings, "FLOOR_DSN": floor_address, "FLOOR_TOPIC": str(facts()["short_thread"])},
    )
    try:
        wait_for(f"http://127.0.0.1:{FLOOR_PORT}/")
        wait_for(f"http://127.0.0.1:{PORT}/healthz/live")
        yield (
            Target("porchlight", f"http://127.0.0.1:{PORT}", [web.pid], shared),
            Target("floor", f"http://127.0.0.1:{FLOOR_PORT}", [floor.pid], shared),
            services,
        )
    finally:
        for process in (web, floor):
            process.terminate()
        for process in (web, floor):
            process.wait(20)


def facts() -> dict[str, Any]:
    """Return the ids of the loaded community; `BENCH_DATA` names the folder it was made in."""
    return dict(json.loads((Path(os.environ["BENCH_DATA"]) / "facts.json").read_text()))


def sign_in(services: Services) -> dict[int, dict[str, str]]:
    """Give nine members a session each and return their cookies; the token of forms is the cookie itself."""
    script = f"""
import json
from importlib import import_module
from django.conf import settings
from community.members.models import Member
cookies = {{}}
for pk in {list(READERS)}:
    member = Member.objects.get(pk=pk)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store["_auth_user_id"] = str(pk)
    store["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    store["_auth_user_hash"] = member.get_session_auth_hash()
    store.create()
    cookies[pk] = {{settings.SESSION_COOKIE_NAME: store.session_key}}
print("COOKIES" + json.dumps(cookies))
"""
    settings = {**os.environ, "DATABASE_URL": services.database_url, "REDIS_URL": services.redis_url}
    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", script],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = re.search(r"COOKIES(.*)", said)
    assert found is not None, said
    token = secrets.token_hex(16)
    return {int(pk): {**jar, "csrf": token} for pk, jar in json.loads(found[1]).items()}
