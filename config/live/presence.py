"""Who has which room open in this process: told to Redis every few seconds, and to the open pages when it changes."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping

import redis

from community.messages import presence
from config.live.rights import ROOM_TOPIC, ids_of, present_members

Rooms = dict[int, set[int]]


class Presence:
    """What this process said last, and what it heard."""

    def __init__(self) -> None:
        self._process = uuid.uuid4().hex[:12]
        self._said: Rooms = {}
        self._heard: dict[int, frozenset[int]] = {}

    def tell(self, listeners: Iterable[tuple[int, frozenset[str]]]) -> list[int]:
        """Say who listens to rooms here; returns the rooms in which it is not the same people as before.

        Runs in a thread, once at a time. Nothing is asked when nobody listens to a room.
        """
        open_rooms: Rooms = defaultdict(set)
        for member_id, topics in listeners:
            for pk in ids_of(ROOM_TOPIC, topics):
                open_rooms[pk].add(member_id)
        if not open_rooms and not self._said:
            return []
        shown = present_members({member for ids in open_rooms.values() for member in ids})
        now = {pk: ids & shown for pk, ids in open_rooms.items()}
        gone = {pk: ids - now.get(pk, set()) for pk, ids in self._said.items()}
        try:
            heard = presence.note_here(self._process, now, gone)
        except redis.RedisError:
            return []
        self._said = now
        return self._changed(heard, set(now))

    def _changed(self, heard: Mapping[int, frozenset[int]], here: set[int]) -> list[int]:
        changed = [pk for pk in here if heard.get(pk) != self._heard.get(pk)]
        self._heard = {pk: heard[pk] for pk in here if pk in heard}
        return changed
