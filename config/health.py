"""Two questions that a load balancer or a container asks."""

import logging
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Is this process alive? It asks nobody else: a restart would not mend a database."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """May visitors be sent here? Not without the database. Without the queue yes, and it says so."""
    parts = {"database": database_answers(), "queue": queue_answers()}
    if not parts["database"]:
        return _report("unavailable", parts, status=503, headers={"Retry-After": "5"})
    return _report("ok" if parts["queue"] else "degraded", parts)


def database_answers() -> bool:
    """Whether Postgres answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError as error:
        logger.warning("the database does not answer: %s", error)
        connection.close()
        return False


def queue_answers() -> bool:
    """Whether Redis answers within half a second."""
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
    try:
        return bool(client.ping())
    except (redis.RedisError, OSError) as error:
        logger.warning("the queue does not answer: %s", error)
        return False
    finally:
        client.close()


def _report(
    status_word: str, parts: dict[str, bool], *, status: int = 200, headers: dict[str, Any] | None = None
) -> JsonResponse:
    answers = {name: "ok" if fine else "down" for name, fine in parts.items()}
    return JsonResponse({"status": status_word, **answers}, status=status, headers=headers)
