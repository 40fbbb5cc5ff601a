"""The parts of a digest. Features above register theirs in `notices.py`, as they do their kinds (docs/notices.md)."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from community.members.models import Member
from community.notifications.registry import Text

# What digests are called where mail has a kind.
DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Ask:
    """For whom a digest is gathered: what happened since, how much of it, and what came by mail before (keys of entries)."""

    member: Member
    since: dt.datetime
    now: dt.datetime
    limit: int
    known: frozenset[str]

    def known_pks(self, subject: str) -> list[int]:
        """Return the primary keys among what is known of a subject: `known_pks("threads.thread")`."""
        start = f"{subject}:"
        return [int(key.removeprefix(start)) for key in self.known if key.startswith(start)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a digest. `key` names it for good, so that it never comes twice; `why` says why it is there."""

    key: str
    title: str
    url: str
    text: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a digest, filled."""

    key: str
    title: str
    entries: Sequence[Entry]


# Returns at most `ask.limit` entries that `ask.member` may see now, best first. Words are made in their language.
Gather = Callable[[Ask], Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of digests. `order` says where it stands: what waits for the reader comes first."""

    key: str
    title: Text
    order: int
    gather: Gather


_parts: dict[str, Part] = {}


def register_part(part: Part) -> Part:
    """Add a part. Called at import by a feature's `notices.py`."""
    if part.key in _parts:
        raise RuntimeError(f"part {part.key!r} of digests is registered twice")
    _parts[part.key] = part
    return part


def all_parts() -> list[Part]:
    """Return every part in its order."""
    return sorted(_parts.values(), key=lambda part: (part.order, part.key))
