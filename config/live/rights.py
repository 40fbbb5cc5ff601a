"""Who may listen to what: the session and the member behind a stream, asked when it opens and every few seconds after."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db import close_old_connections
from django.db.models import QuerySet
from django.utils import timezone

from community.members.models import Member
from community.members.sessions import SessionStore
from community.messages.models import Room
from community.threads.models import Thread

# What pages may listen to: `thread-42`, `room-7`. Who may read it may hear of it.
ROOM_TOPIC = "room-"
TOPICS: dict[str, Callable[[Member], QuerySet[Any]]] = {
    "thread-": lambda member: Thread.objects.visible_to(member),
    ROOM_TOPIC: lambda member: Room.objects.visible_to(member),
}
Listener = tuple["Reader", frozenset[str]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A signed-in member at one browser. `password` is its hash: a new one signs every browser out."""

    member_id: int
    session_key: str
    password: str


def reader_of_session(key: str) -> Reader | None:
    """Return who is signed in by a session, or None for a guest, a stranger's key or someone suspended."""
    close_old_connections()
    try:
        member = get_user(SimpleNamespace(session=SessionStore(key)))  # type: ignore[arg-type]
        if not isinstance(member, Member) or not member.is_active or member.is_suspended:
            return None
        return Reader(member.pk, key, member.password)
    finally:
        close_old_connections()


def granted_topics(member_id: int, asked: Iterable[str]) -> frozenset[str]:
    """Return the topics among those asked for that a member may hear: of what they may read."""
    close_old_connections()
    try:
        return _visible(Member.objects.get(pk=member_id), frozenset(asked))
    finally:
        close_old_connections()


def still_welcome(listeners: set[Listener]) -> set[Listener]:
    """Return those who are still signed in, not suspended, with the same password, and may read what they follow.

    Two statements for all streams of a process, and one more per member and kind of what they follow.
    """
    close_old_connections()
    try:
        keys = {reader.session_key for reader, _topics in listeners}
        alive = set(
            Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list(
                "session_key", flat=True
            )
        )
        members = Member.objects.in_bulk({reader.member_id for reader, _topics in listeners})
        signed_in = {
            listener
            for listener in listeners
            if listener[0].session_key in alive
            and _may_listen(members.get(listener[0].member_id), listener[0])
        }
        return _with_sight(signed_in, members)
    finally:
        close_old_connections()


def _may_listen(member: Member | None, reader: Reader) -> bool:
    return (
        member is not None
        and member.is_active
        and not member.is_suspended
        and member.password == reader.password
    )


def _with_sight(listeners: set[Listener], members: dict[int, Member]) -> set[Listener]:
    topics_of: dict[int, set[str]] = defaultdict(set)
    for reader, topics in listeners:
        topics_of[reader.member_id] |= topics
    visible = {
        member_id: _visible(members[member_id], topics) for member_id, topics in topics_of.items() if topics
    }
    return {
        (reader, topics)
        for reader, topics in listeners
        if topics <= visible.get(reader.member_id, frozenset())
    }


def _visible(member: Member, topics: Collection[str]) -> frozenset[str]:
    """Return the topics among these that a member may hear of; one statement for each kind that is asked for."""
    granted: set[str] = set()
    for prefix, seen_by in TOPICS.items():
        ids = ids_of(prefix, topics)
        if ids:
            rows = seen_by(member).filter(pk__in=ids).values_list("pk", flat=True)
            granted.update(f"{prefix}{pk}" for pk in rows)
    return frozenset(granted)


def present_members(member_ids: Iterable[int]) -> set[int]:
    """Return those of the members who let others see that they are there."""
    close_old_connections()
    try:
        rows = Member.objects.filter(pk__in=list(member_ids), shows_presence=True)
        return set(rows.values_list("pk", flat=True))
    finally:
        close_old_connections()


def ids_of(prefix: str, topics: Iterable[str]) -> list[int]:
    """Return the numbers of topics of one kind."""
    numbers = [topic.removeprefix(prefix) for topic in topics if topic.startswith(prefix)]
    return [int(number) for number in numbers if number.isdecimal() and len(number) < 18]
