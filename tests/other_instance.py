"""A second Porchlight with a database, keys and a port of its own, which says to the first who somebody is."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings

from tests.database import template
from tests.live_process import _wait_for, free_port

PEOPLE = """
from allauth.account.models import EmailAddress
from community.members.models import Member
for handle, verified in (("priya", True), ("alice", True), ("rumour", False)):
    who = Member.objects.create_user(handle, f"{handle}@example.org", "a long enough password", name=handle.title() + " Nair")
    EmailAddress.objects.create(user=who, email=who.email, verified=verified, primary=True)
"""


@dataclass(frozen=True, slots=True)
class Other:
    """Where it is, and how it is run."""

    url: str
    environment: dict[str, str]

    def manage(self, *words: str) -> str:
        """Run one of its commands."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def client(self, *addresses: str) -> dict[str, str]:
        """Make a client that may go back to these addresses."""
        found: dict[str, str] = json.loads(self.manage("sign_on_client", "First", *addresses))
        return found


@contextmanager
def other_instance(folder: Path) -> Iterator[Other]:
    """Run it until the block ends."""
    port, name = free_port(), f"other_{os.getpid()}"
    whole = os.environ["DATABASE_URL"]
    with psycopg.connect(whole, autocommit=True) as line:
        line.execute(f'DROP DATABASE IF EXISTS "{name}"')
        line.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template()}"')
    environment = {
        **os.environ,
        "DATABASE_URL": urlsplit(whole)._replace(path=f"/{name}").geturl(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "another key of another community, long enough",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "IDENTITY_PROVIDER": "1",
        "IDENTITY_KEY_FILE": str(folder / "identity.pem"),
        "EMAIL_VERIFICATION": "none",
        "GUEST_CACHE_SECONDS": "0",
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    other = Other(f"http://127.0.0.1:{port}", environment)
    other.manage("migrate", "--verbosity", "0")
    other.manage("shell", "--verbosity", "0", "-c", PEOPLE)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    server = subprocess.Popen(
        [*command, "--port", str(port), "--workers", "1", "--no-ws", "config.wsgi:application"],
        cwd=settings.BASE_DIR,
        env=environment,
        start_new_session=True,
    )
    try:
        _wait_for(port)
        yield other
    finally:
        server.terminate()
        server.wait(20)
        with psycopg.connect(whole, autocommit=True) as line:
            line.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
