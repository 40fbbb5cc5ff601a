"""Live news: after commit, a word to the processes that hold open streams. Lost words cost nothing but freshness."""

import json
import logging
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import redis
from django.conf import settings
from django.db import transaction

from community.members.models import Member

logger = logging.getLogger(__name__)

CHANNEL = "porchlight:live"


def publish(member_ids: Iterable[int], event: Mapping[str, Any]) -> None:
    """Send an event to the open pages of members, once the transaction has committed. `event` has a `kind`."""
    ids = sorted(set(member_ids))
    if ids:
        transaction.on_commit(lambda: _send({"members": ids, "news": dict(event)}))


def publish_topic(topic: str, event: Mapping[str, Any] | None = None, *, but_not: Iterable[int] = ()) -> None:
    """Send an event to every open page that listens to a topic such as `thread-42`, but not to those of some members.

    Ids and names only, never words.
    """
    message: dict[str, Any] = {"topic": topic, "news": {"kind": topic, **dict(event or {})}}
    hushed = sorted(set(but_not))
    if hushed:
        message["but_not"] = hushed
    transaction.on_commit(lambda: _send(message))


def publish_unread(*, member_ids: Iterable[int]) -> None:
    """Tell open pages of members how many notices wait, as it stands after the commit."""
    ids = sorted(set(member_ids))
    if ids:
        transaction.on_commit(lambda: _send_unread(ids))


def _send_unread(ids: list[int]) -> None:
    counts = Member.objects.filter(pk__in=ids).values_list("pk", "unread_notices")
    _send_many([{"members": [pk], "news": {"kind": "notices", "count": count}} for pk, count in counts])


def _send(message: Mapping[str, Any]) -> None:
    _send_many([message])


def _send_many(messages: list[Mapping[str, Any]]) -> None:
    """Hand messages to Redis. When it is away, pages ask for the bell themselves."""
    try:
        pipe = _client().pipeline(transaction=False)
        for message in messages:
            pipe.publish(channel(), json.dumps(message))
        pipe.execute()
    except redis.RedisError as error:
        logger.info("live news not sent: %s", error)


def channel() -> str:
    """Return the channel of this site; a test run has its own."""
    return f"{CHANNEL}:{settings.LIVE_PREFIX}"


@cache
def _client() -> "redis.Redis":
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
