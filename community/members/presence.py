"""When members were last here: gathered in memory while they read, through Redis, written to Postgres by the clock.

A page that is read writes nothing to the database. Losing Redis loses a few minutes of this, and nothing else.
"""

import datetime as dt
import logging
import threading
import time
from functools import cache

import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone

logger = logging.getLogger(__name__)

# A process says of the same member at most this often that they are here.
AGAIN_AFTER = 60.0
MOST_REMEMBERED = 20_000
PAUSE = 5.0
_VISITED = (
    "INSERT INTO members_visit (member_id, day)"
    " SELECT m.id, here.day FROM unnest(%s::bigint[], %s::date[]) AS here (id, day) JOIN members_member m USING (id)"
    " WHERE NOT EXISTS (SELECT FROM members_visit v WHERE v.member_id = m.id AND v.day = here.day)"
    " ON CONFLICT DO NOTHING"
)
_said: dict[int, float] = {}
_lock = threading.Lock()
_paused_until = 0.0


def note_seen(member_id: int) -> None:
    """Note that a member is here. Never fails and never waits long."""
    global _paused_until
    now = time.monotonic()
    with _lock:
        if now < _said.get(member_id, 0.0) or now < _paused_until:
            return
        if len(_said) >= MOST_REMEMBERED:
            _said.clear()
        _said[member_id] = now + AGAIN_AFTER
    try:
        _redis().hset(_key(), str(member_id), str(int(timezone.now().timestamp())))
    except redis.RedisError as error:
        _paused_until = now + PAUSE
        logger.warning("presence is not noted for a moment: %s", error)


def flush_seen() -> int:
    """Write down who was here. Only ever moves forward. Returns how many members changed."""
    pipeline = _redis().pipeline(transaction=True)
    pipeline.hgetall(_key())
    pipeline.delete(_key())
    noted: dict[bytes, bytes] = pipeline.execute()[0]
    seen = sorted((int(pk), dt.datetime.fromtimestamp(int(at), dt.UTC)) for pk, at in noted.items())
    if not seen:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_VISITED, [[pk for pk, _at in seen], [at.date() for _pk, at in seen]])
        cursor.execute(
            "WITH held AS (SELECT id FROM members_member WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE)"
            " UPDATE members_member m SET last_seen_at = here.at"
            " FROM held JOIN unnest(%s::bigint[], %s::timestamptz[]) AS here (id, at) USING (id)"
            " WHERE m.id = held.id AND (m.last_seen_at IS NULL OR m.last_seen_at < here.at)",
            [[pk for pk, _at in seen], [pk for pk, _at in seen], [at for _pk, at in seen]],
        )
        return int(cursor.rowcount)


def forget() -> None:
    """Forget whom this process has spoken of, for tests."""
    with _lock:
        _said.clear()


def _key() -> str:
    return f"{settings.LIMITS_PREFIX}:seen"


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_LIMITS_URL, socket_timeout=0.2, socket_connect_timeout=0.2)
