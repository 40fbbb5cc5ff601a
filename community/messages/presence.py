"""Who is in a room now, and who may say again that they type: in Redis for seconds, never in the database.

Each live process says every few seconds for whom it holds open pages; who is not said again is forgotten. So a process that dies,
a Redis that is flushed and a page that is closed all mend themselves.
"""

import logging
import time
from collections.abc import Collection, Iterable, Mapping
from functools import cache

import redis
from django.conf import settings

logger = logging.getLogger(__name__)

HERE_SECONDS = 10
TYPING_EVERY = 3


def topic_of(room_pk: int) -> str:
    """Return what open pages of a room listen to."""
    return f"room-{room_pk}"


def note_here(
    process: str, present: Mapping[int, Collection[int]], gone: Mapping[int, Collection[int]]
) -> dict[int, frozenset[int]]:
    """Say which members this process holds open pages for, per room, and whom it does not any more.

    Returns who is in each of the rooms by all processes. Raises `redis.RedisError`.
    """
    now = time.time()
    pipe = _client().pipeline(transaction=False)
    for pk, ids in gone.items():
        if ids:
            pipe.zrem(_here(pk), *(f"{member}:{process}" for member in ids))
    for pk, ids in present.items():
        if ids:
            pipe.zadd(_here(pk), {f"{member}:{process}": now + HERE_SECONDS for member in ids})
            pipe.expire(_here(pk), HERE_SECONDS * 2)
    rooms = sorted({*present, *gone})
    for pk in rooms:
        pipe.zrangebyscore(_here(pk), now, "+inf")
    answers = pipe.execute()[-len(rooms) :] if rooms else []
    return {pk: _members(names) for pk, names in zip(rooms, answers, strict=True)}


def who_is_here(room_pks: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return who is in rooms now; nobody when Redis is away."""
    pks = list(room_pks)
    if not pks:
        return {}
    now = time.time()
    try:
        pipe = _client().pipeline(transaction=False)
        for pk in pks:
            pipe.zrangebyscore(_here(pk), now, "+inf")
        return {pk: _members(names) for pk, names in zip(pks, pipe.execute(), strict=True)}
    except redis.RedisError as error:
        logger.info("nobody knows who is here: %s", error)
        return {}


def may_type_again(member_pk: int, conversation_pk: int) -> bool:
    """Whether it is some seconds since a member last said that they type. Notes that they say it now."""
    key = f"typing:{settings.LIVE_PREFIX}:{conversation_pk}:{member_pk}"
    try:
        return bool(_client().set(key, 1, nx=True, ex=TYPING_EVERY))
    except redis.RedisError:
        return False


def _here(room_pk: int) -> str:
    return f"here:{settings.LIVE_PREFIX}:{room_pk}"


def _members(names: Iterable[bytes]) -> frozenset[int]:
    return frozenset(int(name.partition(b":")[0]) for name in names)


@cache
def _client() -> "redis.Redis":
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
