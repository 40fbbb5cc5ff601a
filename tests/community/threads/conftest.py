"""What tests of threads share."""

import secrets
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.threads.models import Post, Thread


@pytest.fixture
def thread(alice: Any, space: Any, make_thread: Any) -> Thread:
    """A question by Alice."""
    return make_thread(alice, space)


@pytest.fixture
def question(thread: Thread) -> Post:
    """The first post of that thread."""
    return Post.objects.select_related("thread__space").get(thread=thread, position=1)


@pytest.fixture
def answer(bob: Any, thread: Thread, make_reply: Any) -> Post:
    """Bob's reply to it."""
    return fresh(make_reply(bob, thread))


def fresh(row: Any) -> Any:
    """Return a thread or post as the database has it now."""
    if isinstance(row, Post):
        return Post.objects.select_related("thread__space").get(pk=row.pk)
    return type(row)._default_manager.get(pk=row.pk)


@pytest.fixture
def limits_on(settings: Any) -> Any:
    """Switch rate limits on, with the given ones in place of those in the code, and empty windows."""

    def switch(**overrides: str) -> None:
        settings.LIMITS_ENABLED = True
        settings.LIMITS_PREFIX = f"{settings.LIMITS_PREFIX}-{secrets.token_hex(4)}"
        settings.LIMITS = overrides

    return switch


@pytest.fixture
def time_machine_at() -> Any:
    """Go forward: `with time_machine_at(minutes=6): …`."""

    def travel(**later: int) -> Any:
        return time_machine.travel(timezone.now() + timezone.timedelta(**later))

    return travel


@pytest.fixture
def counted(db: None) -> Any:
    """Collect statements, without those that only open and close transactions: `with counted() as statements: …`."""

    @contextmanager
    def collect() -> Any:
        with CaptureQueriesContext(connection) as captured:
            yield lambda: [
                query["sql"]
                for query in captured.captured_queries
                if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
            ]

    return collect
