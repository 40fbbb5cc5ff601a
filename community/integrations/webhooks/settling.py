"""Writing down how calls ended: what is taken, what is tried again and when, and which endpoint is turned off."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from community.integrations.limits import FAILING
from community.integrations.webhooks.calling import Try
from community.integrations.webhooks.models import (
    MessageState,
    OffReason,
    WebhookAttempt,
    WebhookEndpoint,
    WebhookMessage,
)
from community.integrations.webhooks.turning import turn_off_by_rule

# Seconds before the second try, the third, …: ten tries in about three days, as the Standard Webhooks specification proposes.
WAITS = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
MOST_TRIES = len(WAITS) + 1
# Each wait is up to so much longer, so that what failed together does not come back together.
JITTER = 0.2
# How long a receiver is left alone after a failure: doubled each time, up to the second.
FIRST_REST = dt.timedelta(seconds=5)
LONGEST_REST = dt.timedelta(minutes=10)
GONE = 410


@dataclass(frozen=True, slots=True)
class Batch:
    """An endpoint with a lease on it."""

    endpoint: WebhookEndpoint
    lease: str


@transaction.atomic
def settle(batch: Batch, tries: Sequence[Try]) -> int:
    """Write down tries, and give the lease back. Returns how many messages were taken."""
    endpoint = WebhookEndpoint.objects.select_for_update().filter(pk=batch.endpoint.pk).first()
    if endpoint is None:
        # Removed meanwhile, with its log.
        return 0
    WebhookAttempt.objects.bulk_create([_row(it) for it in tries])
    for it in tries:
        _settle_message(it)
        _settle_endpoint(endpoint, it)
    if endpoint.lease == batch.lease:
        endpoint.lease, endpoint.leased_until = "", None
    endpoint.save(
        update_fields=[
            "lease",
            "leased_until",
            "failures",
            "failing_since",
            "rests_until",
            "last_status",
            "last_success_at",
        ]
    )
    _turn_off(endpoint, tries)
    return sum(it.is_taken for it in tries)


def wait_after(tries: int) -> dt.timedelta:
    """Return how long a message waits after so many failed tries."""
    # Spreads load, guards nothing.
    return dt.timedelta(seconds=WAITS[tries - 1] * random.uniform(1.0, 1.0 + JITTER))  # noqa: S311


def _settle_message(it: Try) -> None:
    now, tried = timezone.now(), it.asked.before + 1
    # One that was settled by another sender, or queued anew meanwhile, is left as it is.
    row = WebhookMessage.objects.filter(
        pk=it.asked.message_id, state=MessageState.WAITING, attempts=it.asked.before
    )
    if it.is_taken:
        row.update(state=MessageState.SENT, attempts=tried, last_status=it.status, finished_at=now, why="")
    elif tried >= MOST_TRIES or it.status == GONE:
        why = "gone" if it.status == GONE else "tries"
        row.update(state=MessageState.FAILED, attempts=tried, last_status=it.status, finished_at=now, why=why)
    else:
        due = now + max(wait_after(tried), it.wait or dt.timedelta(0))
        row.update(attempts=tried, last_status=it.status, due_at=due)


def _settle_endpoint(endpoint: WebhookEndpoint, it: Try) -> None:
    now = timezone.now()
    endpoint.last_status = it.status
    if it.is_taken:
        endpoint.failures, endpoint.failing_since, endpoint.rests_until = 0, None, None
        endpoint.last_success_at = now
        return
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or now
    rest = min(FIRST_REST * 2 ** min(endpoint.failures - 1, 10), LONGEST_REST)
    endpoint.rests_until = now + max(rest, it.wait or dt.timedelta(0))


def _turn_off(endpoint: WebhookEndpoint, tries: Sequence[Try]) -> None:
    if any(it.status == GONE for it in tries):
        turn_off_by_rule(endpoint, OffReason.GONE)
    elif endpoint.failing_since and timezone.now() - endpoint.failing_since >= FAILING.span():
        turn_off_by_rule(endpoint, OffReason.FAILING)


def _row(it: Try) -> WebhookAttempt:
    return WebhookAttempt(
        message_id=it.asked.message_id,
        number=it.asked.before + 1,
        at=it.at,
        took_ms=it.took_ms,
        status=it.status,
        error=it.error,
        body_bytes=len(it.asked.body),
        request_headers=it.request_headers,
        response_headers=it.response_headers,
        response_body=it.response_body,
    )
