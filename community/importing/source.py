"""What a reader of another system hands over: plain facts, no rows, in that system's own identifiers."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

FILES_AHEAD = 32


@dataclass(slots=True)
class SourceMember:
    """A person over there. `bio` is HTML."""

    external_id: str
    name: str
    handle: str
    joined_at: dt.datetime
    seen_at: dt.datetime | None = None
    bio: str = ""
    location: str = ""
    website: str = ""


@dataclass(slots=True)
class SourcePost:
    """Something said over there. `up` and `down` are votes or likes whose voters are unknown."""

    external_id: str
    author_id: str | None
    author_name: str
    created_at: dt.datetime
    body: str
    is_html: bool
    reply_to: str | None = None
    up: int = 0
    down: int = 0
    emoji: dict[str, int] = field(default_factory=dict)
    edited_at: dt.datetime | None = None
    is_hidden: bool = False


@dataclass(slots=True)
class SourceThread:
    """A conversation over there; `posts` are in the order they are to be shown, the opening one first."""

    external_id: str
    title: str
    kind: str
    created_at: dt.datetime
    posts: list[SourcePost]
    tags: list[str] = field(default_factory=list)
    views: int = 0
    is_locked: bool = False
    accepted: str | None = None
    accepted_at: dt.datetime | None = None


@dataclass(slots=True)
class SourceBadge:
    """A badge someone earned over there."""

    member_id: str
    name: str
    earned_at: dt.datetime


@dataclass(slots=True)
class Report:
    """What was found, what was left out and why, and what did not add up."""

    found: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    mapping: Counter[str] = field(default_factory=Counter)


Meet = Callable[[str, str, str, bool], None]


class Reader(Protocol):
    """Reads one community. Each iterator may be asked for several times."""

    name: str
    report: Report

    def read(self, meet: Meet) -> None:
        """Read what must be read before everyone is known, and tell `meet` the posts that are met on the way.

        They are told with the ids of their thread and themselves, and need not all be among the threads in the end.
        """
        ...

    def size(self) -> int:
        """Return how many posts there are to bring in."""
        ...

    def members(self) -> Iterator[SourceMember]:
        """Yield everyone."""
        ...

    def threads(self) -> Iterator[SourceThread]:
        """Yield every conversation."""
        ...

    def badges(self) -> Iterator[SourceBadge]:
        """Yield every badge earned."""
        ...


def read_ahead(files: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the files of an archive; a thread unpacks the next ones on another core meanwhile."""

    def some() -> list[bytes]:
        return list(islice(files, FILES_AHEAD))

    with ThreadPoolExecutor(1, thread_name_prefix="unpack") as thread:
        coming = thread.submit(some)
        while ready := coming.result():
            coming = thread.submit(some)
            yield from ready


def parse_time(text: str) -> dt.datetime:
    """Read an ISO time; without a zone it is UTC, which is what Stack Exchange and Discourse mean."""
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
