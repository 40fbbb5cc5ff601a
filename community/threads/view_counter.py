"""How often threads are opened: counted in Redis while people read, written to Postgres by the clock.

A page that is read writes nothing to the database. Losing Redis loses the views of the last minute, and nothing else.
"""

import logging
import threading
import time
from functools import cache

import redis
from django.conf import settings
from django.db import connection

logger = logging.getLogger(__name__)

BATCH = 1000
# After a failure nobody waits for Redis again for this long.
PAUSE = 5.0
_paused_until = 0.0
GATHERED_FOR = 1.0
_waiting: dict[int, int] = {}
_sent_at = 0.0
_lock = threading.Lock()


def count_view(thread_id: int, times: int = 1) -> None:
    """Count views of a thread. They are gathered for a second, so that reading asks Redis for nothing most of the time.

    Never fails and never waits long: a view is not worth a slow page.
    """
    global _sent_at
    with _lock:
        _waiting[thread_id] = _waiting.get(thread_id, 0) + times
        if time.monotonic() < _sent_at + GATHERED_FOR:
            return
    send_waiting()


def send_waiting() -> None:
    """Hand what this process has counted to Redis, unless Redis failed a moment ago."""
    global _paused_until, _sent_at
    with _lock:
        counted = dict(_waiting)
        _waiting.clear()
        _sent_at = time.monotonic()
    if not counted or time.monotonic() < _paused_until:
        return
    try:
        pipeline = _redis().pipeline(transaction=False)
        for thread, times in counted.items():
            pipeline.hincrby(_key(), str(thread), times)
        pipeline.execute()
    except redis.RedisError as error:
        _paused_until = time.monotonic() + PAUSE
        logger.warning("views are not counted for a moment: %s", error)


def flush_views() -> int:
    """Add the views counted so far to their threads. Returns how many threads changed."""
    send_waiting()
    pipeline = _redis().pipeline(transaction=True)
    pipeline.hgetall(_key())
    pipeline.delete(_key())
    counted: dict[bytes, bytes] = pipeline.execute()[0]
    views = sorted((int(thread), int(count)) for thread, count in counted.items())
    return sum(_add(views[start : start + BATCH]) for start in range(0, len(views), BATCH))


def _add(views: list[tuple[int, int]]) -> int:
    ids = [thread for thread, _count in views]
    with connection.cursor() as cursor:
        # Locked in the order of their ids, as everyone does who needs more than one thread.
        cursor.execute(
            "WITH held AS (SELECT id FROM threads_thread WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE)"
            " UPDATE threads_thread t SET view_count = t.view_count + seen.views"
            " FROM held JOIN unnest(%s::bigint[], %s::int[]) AS seen (id, views) USING (id) WHERE t.id = held.id",
            [ids, ids, [count for _thread, count in views]],
        )
        return int(cursor.rowcount)


def _key() -> str:
    return f"{settings.LIMITS_PREFIX}:views"


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_LIMITS_URL, socket_timeout=0.2, socket_connect_timeout=0.2)
