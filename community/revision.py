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


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_LIMITS_URL, socket_timeout=0.2, socket_connect_timeout=0.2)
