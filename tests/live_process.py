"""The live process as it runs in production, on the database of the tests."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def live_process(port: int, **more: str) -> Iterator[int]:
    """Run the process at a port until the block ends; `more` are variables of its environment."""
    environment = {
        **os.environ,
        "DATABASE_URL": _database_url(),
        "PORCHLIGHT_LIVE_PREFIX": settings.LIVE_PREFIX,
        "SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOG_LEVEL": "WARNING",
        **more,
    }
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "asginl"),
            *("--host", "127.0.0.1", "--port", str(port)),
            *("--workers", "1", "--no-ws", "--workers-kill-timeout", "1", "config.live:application"),
        ],
        cwd=Path(settings.BASE_DIR),
        env=environment,
        start_new_session=True,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ask(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    """Return the answer of the process; a stream stays open."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    client.request("GET", path, headers=headers)
    return client.getresponse()


def _database_url() -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return parts._replace(path="/" + str(connection.settings_dict["NAME"])).geturl()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if ask(port, "/healthz/live").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the live process did not start")
