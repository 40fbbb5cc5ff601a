"""Sending what is due: claim an endpoint, build its messages, speak to it outside of any transaction, then settle.

One sender per endpoint at a time, several endpoints at once, so that a receiver that is slow or dead costs the others nothing.
The lease is committed before anybody is called: a sender that dies in between is followed by another, which sends the same
messages with the same ids (at least once).
"""

import datetime as dt
import secrets
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from community.integrations.webhooks.body import Withheld, body_of
from community.integrations.webhooks.calling import Call, Try, call
from community.integrations.webhooks.models import MessageState, WebhookEndpoint, WebhookMessage
from community.integrations.webhooks.secrets_held import secrets_in_force
from community.integrations.webhooks.settling import Batch, settle

# So many endpoints at once; of those that failed last time only a part, so that they never take every line.
LINES = 8
FAILING_LINES = 3
# So many messages while the line to an endpoint is held, and so long at most.
AT_ONCE = 20
TURN_SECONDS = 15.0
# Longer than a turn and its last call can take.
LEASE = dt.timedelta(seconds=60)


@dataclass(slots=True)
class _Turn:
    """An endpoint that is being served."""

    batch: Batch
    calls: list[Call]


def send_due(*, seconds: float = 20.0) -> int:
    """Send until nothing is due, or no new turn after so many seconds. Returns how many messages were taken."""
    until, taken = time.monotonic() + seconds, 0
    running: dict[Future[list[Try]], Batch] = {}
    with ThreadPoolExecutor(LINES) as pool:
        while True:
            for turn in _turns(running, until):
                running[pool.submit(_serve, turn.calls)] = turn.batch
            if not running:
                return taken
            done, _rest = wait(running, timeout=1.0, return_when=FIRST_COMPLETED)
            for future in done:
                taken += settle(running.pop(future), future.result())


def _turns(running: dict[Future[list[Try]], Batch], until: float) -> Iterator[_Turn]:
    """Claim endpoints while there are lines for them."""
    while len(running) < LINES and time.monotonic() < until:
        batch = claim()
        if batch is None:
            return
        calls = prepare(batch)
        if calls:
            yield _Turn(batch, calls)
        else:
            settle(batch, [])


@transaction.atomic
def claim() -> Batch | None:
    """Take a lease on the endpoint that waited longest: healthy ones first. None when there is nothing to do."""
    now = timezone.now()
    due = WebhookMessage.objects.filter(endpoint=OuterRef("pk"), state=MessageState.WAITING, due_at__lte=now)
    free = WebhookEndpoint.objects.filter(
        Q(leased_until=None) | Q(leased_until__lt=now),
        Q(rests_until=None) | Q(rests_until__lte=now),
        Exists(due),
        is_on=True,
    )
    failing = WebhookEndpoint.objects.filter(failures__gt=0, leased_until__gte=now)
    if failing[:FAILING_LINES].count() >= FAILING_LINES:
        free = free.filter(failures=0)
    locked = free.select_for_update(skip_locked=True, of=("self",)).select_related("owner")
    endpoint = locked.order_by("failures", F("served_at").asc(nulls_first=True), "pk").first()
    if endpoint is None:
        return None
    lease = secrets.token_hex(16)
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        lease=lease, leased_until=now + LEASE, served_at=now
    )
    return Batch(endpoint, lease)


@transaction.atomic
def prepare(batch: Batch) -> list[Call]:
    """Build what may leave now, in the order of its numbers, and write down what may not."""
    now = timezone.now()
    rows = WebhookMessage.objects.filter(endpoint=batch.endpoint, state=MessageState.WAITING, due_at__lte=now)
    held = secrets_in_force(batch.endpoint, now)
    calls = []
    for row in rows.select_related("activity__actor").order_by("sequence")[:AT_ONCE]:
        body = body_of(batch.endpoint, row)
        if isinstance(body, Withheld):
            WebhookMessage.objects.filter(pk=row.pk, state=MessageState.WAITING).update(
                state=MessageState.WITHHELD, why=body.why, finished_at=now
            )
        else:
            calls.append(Call(row.pk, row.attempts, batch.endpoint.url, row.key, body, tuple(held)))
    return calls


def _serve(calls: Sequence[Call]) -> list[Try]:
    """Call one after the other, until one does not get through or the turn is over."""
    until, tries = time.monotonic() + TURN_SECONDS, []
    for asked in calls:
        tries.append(call(asked))
        if not tries[-1].is_taken or time.monotonic() >= until:
            break
    return tries
