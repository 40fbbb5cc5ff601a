"""Sending a span of time again: a part in each transaction, so that nothing is held up and a restart goes on where it was."""

import datetime as dt
import time

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from community.activity.models import Activity
from community.integrations.webhooks.catalogue import all_events
from community.integrations.webhooks.listening import queue_for
from community.integrations.webhooks.models import (
    MessageState,
    WebhookEndpoint,
    WebhookMessage,
    WebhookReplay,
    Which,
)

MESSAGES_A_STEP = 500
# The log is read by its key, so many entries at a time, whatever they are about.
ENTRIES_A_STEP = 5000
# Entries are written in about the order in which they happened, not exactly.
SLACK = dt.timedelta(hours=1)
FINISHED = (MessageState.SENT, MessageState.WITHHELD, MessageState.FAILED)


def go_on(*, seconds: float = 8.0) -> int:
    """Queue the next parts of every replay that is not finished. Returns how many messages were queued."""
    until, queued = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        step = take_step()
        if step is None:
            break
        queued += step
    return queued


@transaction.atomic
def take_step() -> int | None:
    """Queue one part of the replay that waited longest. None when there is none, or others hold them."""
    replay = (
        WebhookReplay.objects.select_for_update(skip_locked=True)
        .filter(finished_at=None)
        .order_by("pk")
        .first()
    )
    if replay is None:
        return None
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=replay.endpoint_id)
    count, is_done = (0, True) if not endpoint.is_on else _queue(replay, endpoint)
    replay.queued += count
    if is_done:
        replay.finished_at = timezone.now()
    replay.save(update_fields=["message_cursor", "activity_cursor", "queued", "finished_at"])
    return count


def _queue(replay: WebhookReplay, endpoint: WebhookEndpoint) -> tuple[int, bool]:
    """First what is in the log of the endpoint, then what never came into it. Returns how many, and whether that was all."""
    count = _again(replay)
    if count:
        return count, False
    if replay.which == Which.FAILED:
        return 0, True
    return _missed(replay, endpoint)


def _again(replay: WebhookReplay) -> int:
    states = FINISHED if replay.which == Which.ALL else (MessageState.FAILED,)
    rows = WebhookMessage.objects.filter(
        endpoint_id=replay.endpoint_id,
        pk__gt=replay.message_cursor,
        created_at__gte=replay.begins_at,
        created_at__lt=replay.ends_at,
        state__in=states,
        is_test=False,
    )
    pks = list(rows.order_by("pk").values_list("pk", flat=True)[:MESSAGES_A_STEP])
    if pks:
        replay.message_cursor = pks[-1]
        queue_again(pks)
    return len(pks)


def queue_again(pks: list[int]) -> int:
    """Let messages be sent again as if for the first time, with the id and number they have. Returns how many."""
    return WebhookMessage.objects.filter(pk__in=pks, state__in=FINISHED).update(
        state=MessageState.WAITING, why="", attempts=0, due_at=timezone.now(), finished_at=None
    )


def _missed(replay: WebhookReplay, endpoint: WebhookEndpoint) -> tuple[int, bool]:
    last = Activity.objects.aggregate(last=Max("pk"))["last"] or 0
    if replay.activity_cursor is None:
        replay.activity_cursor = _before(replay.begins_at - SLACK, last)
    upto = min(replay.activity_cursor + ENTRIES_A_STEP, last)
    told = Activity.objects.filter(
        pk__gt=replay.activity_cursor,
        pk__lte=upto,
        quiet=False,
        verb__in=endpoint.verbs or [event.name for event in all_events()],
        occurred_at__gte=replay.begins_at,
        occurred_at__lt=replay.ends_at,
    )
    count = queue_for([endpoint], list(told.order_by("pk")))
    replay.activity_cursor = upto
    return count, upto >= last


def _before(moment: dt.datetime, last: int) -> int:
    """Return a key of the log before which nothing happened since a moment, found by looking back in growing steps."""
    step = ENTRIES_A_STEP
    while step < last:
        probe = Activity.objects.filter(pk__gte=last - step, quiet=False).order_by("pk").first()
        if probe is not None and probe.occurred_at < moment:
            return last - step
        step *= 2
    return 0
