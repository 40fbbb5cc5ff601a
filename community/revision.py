"""One mark that changes whenever something is recorded: who keeps ready-made pages compares it.

It lives in Redis and may be lost; a lost mark only means that pages are made anew.
"""

import logging
import time
from functools import cache
from typing import cast

import redis
from django.conf import settings

logger = logging.getLogger(__name__)

# How long a process trusts the mark it read. What was removed is gone for guests a second later.
TRUSTED = 1.0
# After a failure nobody waits for Redis again for this long.
PAUSE = 2.0


class _Memory:
    """The mark this process read last, and when."""

    mark: bytes | None = None
    read_at = float("-inf")
    paused_until = float("-inf")


def change_mark() -> None:
    """Say that something changed. Never fails: pages that are kept grow old by themselves."""
    if time.monotonic() < _Memory.paused_until:
        return
    _Memory.read_at = float("-inf")
    try:
        _redis().set(_key(), time.time_ns())
    except redis.RedisError as error:
        _pause(error)


# Both in one round trip: this is asked after every write.
_CHANGE_AND_CLAIM = """
redis.call('SET', KEYS[1], ARGV[1])
return redis.call('SET', KEYS[2], '', 'NX', 'EX', ARGV[2]) and 1 or 0
"""


def change_mark_and_claim(name: str, seconds: int) -> bool:
    """Say that something changed and claim `name` for some seconds. Returns False while someone else's claim stands.

    Never fails; without Redis every claim is granted, because nobody can tell.
    """
    if time.monotonic() < _Memory.paused_until:
        return True
    _Memory.read_at = float("-inf")
    try:
        return bool(_script()(keys=[_key(), _claim_key(name)], args=[time.time_ns(), seconds]))
    except redis.RedisError as error:
        _pause(error)
        return True


def drop_claim(name: str) -> None:
    """Let `name` be claimed again. Never fails: a claim ends by itself."""
    try:
        _redis().delete(_claim_key(name))
    except redis.RedisError as error:
        logger.warning("a claim could not be dropped: %s", error)


def current_mark() -> bytes | None:
    """Return the mark as it was at most a second ago, or None while it cannot be known."""
    now = time.monotonic()
    if now - _Memory.read_at <= TRUSTED:
        return _Memory.mark
    if now < _Memory.paused_until:
        return None
    try:
        mark = _read()
        if mark is None:
            # Nobody has written since Redis was emptied: begin, unless another process is quicker.
            _redis().set(_key(), time.time_ns(), nx=True)
            mark = _read()
    except redis.RedisError as error:
        _pause(error)
        mark = None
    _Memory.mark, _Memory.read_at = mark, now
    return mark


def _read() -> bytes | None:
    return cast("bytes | None", _redis().get(_key()))


def _pause(error: redis.RedisError) -> None:
    _Memory.paused_until = time.monotonic() + PAUSE
    logger.warning("the mark of changes is out of reach: %s", error)


def _key() -> str:
    return f"{settings.LIMITS_PREFIX}:mark"


def _claim_key(name: str) -> str:
    return f"{settings.LIMITS_PREFIX}:claim:{name}"


@cache
def _script() -> "redis.commands.core.Script":
    return _redis().register_script(_CHANGE_AND_CLAIM)


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_LIMITS_URL, socket_timeout=0.2, socket_connect_timeout=0.2)
