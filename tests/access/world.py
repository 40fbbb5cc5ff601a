"""A small community with something open and something closed of every kind that an address can name."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.test.client import ClientHandler

from tests.standing import Maker

ABSENT = 987_654_321
BACKEND = "community.members.accounts.MemberBackend"
HANDLERS: dict[bool, ClientHandler] = {}
PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


@dataclass
class Sample:
    """Values for one part of an address: something all may read, something outsiders may not, something that is not there.

    `hidden` is None where nothing of the kind can be hidden.
    """

    start: str
    name: str
    open: Any
    hidden: Any = None
    absent: Any = None
    # Hidden from members only: staff may look at it.
    staff_look: bool = False


@dataclass
class World:
    """People, and what their addresses are made of."""

    people: dict[str, Any]
    maker: Maker
    samples: list[Sample] = field(default_factory=list)

    def add(
        self, start: str, name: str, open_: Any, hidden: Any = None, absent: Any = None, **more: bool
    ) -> None:
        """Say what may stand at a place of the addresses that begin like this; later ones are looked at first."""
        self.samples.insert(0, Sample(start, name, open_, hidden, absent, **more))

    def sample(self, path: str, name: str) -> Sample:
        """The values for one place of one address."""
        for sample in self.samples:
            if path.startswith(sample.start) and sample.name == name:
                return sample
        raise LookupError(f"tests/access/world.py knows no value for <{name}> of {path}: add a sample")

    def address(self, path: str, choose: str = "open") -> str | None:
        """A pattern with values in its places; None when nothing of the kind can be `hidden`."""
        chosen: list[bool] = []

        def fill(match: re.Match[str]) -> str:
            sample = self.sample(path, match[1] or match[2])
            value = getattr(sample, choose)
            chosen.append(value is not None)
            return str(sample.open if value is None else value)

        filled = PLACE.sub(fill, path)
        if choose != "open" and not any(chosen):
            return None
        return plain(filled)

    def client(self, who: str, *, enforce_csrf_checks: bool = False, headers: Any = None) -> Client:
        """A fresh browser of someone; "guest" is nobody. All share one handler: building it costs more than a page."""
        client = Client(enforce_csrf_checks=enforce_csrf_checks, headers=headers)
        client.handler = HANDLERS.setdefault(enforce_csrf_checks, client.handler)
        if self.people[who] is not None:
            client.cookies["session"] = self.session(who)
        return client

    def begin_sessions(self) -> None:
        """Sign everyone in, before anything is taken back."""
        for who, person in self.people.items():
            if person is not None:
                self.session(who)

    def session(self, who: str) -> str:
        """The session of someone, begun once."""
        person = self.people[who]
        if not hasattr(person, "begun_session"):
            client = Client()
            client.force_login(person, backend=BACKEND)
            person.begun_session = client.cookies["session"].value
        return str(person.begun_session)


def plain(path: str) -> str:
    """An address without what regular expressions need."""
    return re.sub(r"\\(.)", r"\1", path.replace("^", "").replace("$", ""))
