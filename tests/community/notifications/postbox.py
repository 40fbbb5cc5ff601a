"""A real mail server that keeps what it is given, and can be told to misbehave."""

import email
import email.policy
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Post:
    """What arrived, and how to answer the next letters: `answers = ["451 later"]`."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.raw: list[bytes] = []
        self.senders: list[str] = []
        self.refuse: dict[str, str] = {}
        self.answers: list[str] = []
        self.hang_up_after_data = 0
        self.slow = 0.0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        import asyncio

        if self.answers:
            return self.answers.pop(0)
        await asyncio.sleep(self.slow)
        self.raw.append(envelope.content)
        self.senders.append(envelope.mail_from)
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        if self.hang_up_after_data:
            self.hang_up_after_data -= 1
            server.transport.abort()
        return "250 kept"


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """A mail server on this machine, and settings that lead to it."""
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 5
    yield handler
    controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def at_noon() -> Iterator[Any]:
    """Stop the clock at noon, so that no test sleeps through the night; `at_noon.shift(minutes)` moves it."""
    import datetime as dt

    import time_machine

    with time_machine.travel(dt.datetime(2026, 6, 10, 12, 0, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def minutes(at_noon: Any) -> Any:
    """Let minutes pass."""
    import datetime as dt

    def run(number: float) -> None:
        at_noon.shift(dt.timedelta(minutes=number))

    return run
