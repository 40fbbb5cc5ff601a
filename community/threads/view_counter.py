"""How often threads are opened: counted in Redis while people read, written to Postgres by the clock.

A page that is read writes nothing to the database. Losing Redis loses the views of the last minute, and nothing else.
"""

import logging
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


def count_view(thread_id: int, times: int = 1) -> None:
    """Count one view of a thread, or several at once. Never fails and never waits long: a view is not worth a slow page."""
    global _paused_until
    if time.monotonic() < _paused_until:
        return
    try:
        _redis().hincrby(_key(), str(thread_id), times)
    except redis.RedisError as error:
        _paused_until = time.monotonic() + PAUSE
        logger.warning("views are not counted for a moment: %s", error)


def flush_views() -> int:
    """Add the views counted so far to their threads. Returns how many threads changed."""
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
