"""The whole site as it runs: its own database, its own processes, a real mail server behind it."""

import email
import email.policy
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from benchmarks._copy import Copy

LINK = re.compile(r"https?://[^\s<>\"]+")
SIGN_IN_SECONDS = 15_000


class Letters:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.kept: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep a letter."""
        self.kept.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 kept"

    def to(self, address: str) -> list[Any]:
        """What came for one address."""
        return [letter for letter in self.kept if address in str(letter["To"])]

    def wait_for(self, address: str, subject: str, seconds: float = 60) -> Any:
        """The first letter to an address whose subject holds these words."""
        return eventually(
            lambda: next((one for one in self.to(address) if subject in str(one["Subject"])), None),
            f"a letter “{subject}” to {address}; came: {[str(one['Subject']) for one in self.kept]}",
            seconds,
        )


def text_of(letter: Any) -> str:
    """The plain part of a letter."""
    return str(letter.get_body(("plain",)).get_content())


def link_in(letter: Any, words: str) -> str:
    """The first link of a letter whose address holds these words, as a path of the site."""
    link = next(link for link in LINK.findall(text_of(letter)) if words in link)
    parts = urlsplit(link)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def eventually(look: Callable[[], Any], what: str, seconds: float = 60) -> Any:
    """What `look` returns as soon as it is something."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"Nobody saw {what} within {seconds:.0f} s")
        time.sleep(0.2)
    return found


class Site:
    """A running copy, its letters, and how to sign in."""

    def __init__(self, copy: Copy, letters: Letters, keys: dict[str, Any]) -> None:
        self.copy, self.letters = copy, letters
        self.keys = {name: key["token"] for name, key in keys["keys"].items()}
        self.accounts = {role: account["handle"] for role, account in keys["accounts"].items()}
        self.password = next(iter(keys["accounts"].values()))["password"]
        self.sessions: dict[str, list[Any]] = {}

    @property
    def url(self) -> str:
        """Where it is."""
        return self.copy.url
