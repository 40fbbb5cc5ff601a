"""The relay: claim due Deliveries with SKIP LOCKED, run the consumer, mark done, in one transaction each."""

import datetime as dt
import logging
import traceback
from itertools import groupby

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from community.activity.history import hear_history
from community.activity.models import Activity, Delivery
from community.activity.registry import Consumer, find_consumer

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 12
FIRST_WAIT = dt.timedelta(seconds=2)
LONGEST_WAIT = dt.timedelta(hours=1)
BATCH = 500

_PENDING = Q(done_at=None, dead_at=None)


class UnknownConsumer(LookupError):
    """The Delivery names a consumer that this version of the code does not have."""


def deliver_due(*, at_most: int = 1000, batch: int = BATCH) -> int:
    """Deliver what is due, oldest first, then history, until nothing is left or `at_most` were tried. Returns how many were.

    `batch` promises are claimed together, and each consumer hears its share of them together where it can. A large one
    costs less a promise and holds them longer: for replays, where nobody waits.
    """
    tried = 0
    while tried < at_most:
        due = list(
            Delivery.objects.filter(_PENDING, due_at__lte=timezone.now())
            .order_by("due_at", "id")
            .values_list("pk", "consumer")[: min(batch, at_most - tried)]
        )
        if not due:
            break
        for name, group in groupby(sorted(due, key=lambda row: row[1]), key=lambda row: row[1]):
            deliver_group(name, [pk for pk, _name in group])
        tried += len(due)
    # What happens now comes before what happened long ago.
    while tried < at_most and (heard := hear_history(at_most=min(batch, at_most - tried))):
        tried += heard
    return tried


def deliver_group(consumer_name: str, pks: list[int]) -> None:
    """Deliver several promises of one consumer: together where it can hear a batch, else one by one."""
    consumer = find_consumer(consumer_name)
    if consumer is not None and consumer.batch is not None and len(pks) > 1 and _deliver_batch(consumer, pks):
        return
    for pk in pks:
        deliver(pk)


def deliver(pk: int) -> bool:
    """Keep one promise. Returns False when another worker holds it, it is done already, or it failed and waits."""
    try:
        with transaction.atomic():
            delivery = (
                Delivery.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("activity")
                .filter(_PENDING, pk=pk)
                .first()
            )
            if delivery is None:
                return False
            consumer = find_consumer(delivery.consumer)
            if consumer is None:
                raise UnknownConsumer(delivery.consumer)
            consumer.handle(delivery.activity)
            _mark_done([pk])
    except Exception as error:  # noqa: BLE001 - one consumer's fault must not stop the others
        postpone(pk, error)
        return False
    return True


def _deliver_batch(consumer: Consumer, pks: list[int]) -> bool:
    assert consumer.batch is not None
    try:
        with transaction.atomic():
            held = list(
                Delivery.objects.select_for_update(skip_locked=True, of=("self",))
                .filter(_PENDING, pk__in=pks)
                .order_by("pk")
                .values_list("pk", "activity_id")
            )
            if held:
                activities = Activity.objects.in_bulk([activity for _pk, activity in held])
                consumer.batch([activities[activity] for _pk, activity in held])
                _mark_done([pk for pk, _activity in held])
    except Exception as error:  # noqa: BLE001 - falls back to one by one, which names the guilty Activity
        logger.warning("batch of %s fell back to single deliveries: %s", consumer.name, error)
        return False
    return True


def _mark_done(pks: list[int]) -> None:
    changed = Delivery.objects.filter(_PENDING, pk__in=pks).update(
        done_at=timezone.now(), attempts=F("attempts") + 1, error=""
    )
    if changed != len(pks):
        raise RuntimeError(f"marked {changed} of {len(pks)} deliveries")


def postpone(pk: int, error: BaseException) -> None:
    """Write down a failure: the wait doubles up to an hour; after the last attempt the promise is dead until staff act."""
    text = "".join(traceback.format_exception(error))[-4000:]
    logger.error("delivery %s failed: %s", pk, error)
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().filter(_PENDING, pk=pk).first()
        if delivery is None:
            return
        delivery.attempts += 1
        delivery.error = text
        if delivery.attempts >= MAX_ATTEMPTS:
            delivery.dead_at = timezone.now()
        else:
            delivery.due_at = timezone.now() + min(FIRST_WAIT * 2 ** (delivery.attempts - 1), LONGEST_WAIT)
        delivery.save(update_fields=["attempts", "error", "due_at", "dead_at"])


def retry(pks: list[int]) -> int:
    """Make dead or waiting promises due at once. Returns how many."""
    return Delivery.objects.filter(pk__in=pks, done_at=None).update(
        dead_at=None, due_at=timezone.now(), attempts=0, error=""
    )
