"""History that is brought in quietly: promised and heard some hundred Activities at a time.

Nobody waits for it, and every consumer that hears history can hear a batch. So one row stands for what would be hundreds
of Deliveries, whose writing was a third of what an import asked of the database. A row is gone once it was heard. What
cannot be heard together becomes Deliveries, which wait, try again, and name the guilty Activity.
"""

import logging
from collections.abc import Mapping
from itertools import groupby

from django.db import connection, transaction
from django.db.models import F, Func

from community.activity.models import Activity, Delivery, HistoryDelivery
from community.activity.registry import consumers_of, find_consumer

logger = logging.getLogger(__name__)

# How many Activities one promise holds: what a worker hears in one transaction beside its other work.
CHUNK = 500


def promise_history(keys_by_verb: Mapping[str, list[int]]) -> None:
    """Promise Activities, by verb, to everyone who hears history. In the transaction that wrote them."""
    heard: dict[str, list[int]] = {}
    for verb, keys in keys_by_verb.items():
        for consumer in consumers_of(verb, quiet=True):
            heard.setdefault(consumer.name, []).extend(keys)
    promises = []
    for name, keys in heard.items():
        keys.sort()
        promises += [
            HistoryDelivery(consumer=name, activity_ids=keys[start : start + CHUNK])
            for start in range(0, len(keys), CHUNK)
        ]
    HistoryDelivery.objects.bulk_create(promises)


def hear_history(*, at_most: int) -> int:
    """Keep the oldest promises of history, those of one consumer together, up to `at_most` Activities and one promise at
    least. Returns how many Activities were tried: none when nothing waits."""
    chosen: list[tuple[str, int]] = []
    tried = 0
    waiting = HistoryDelivery.objects.annotate(size=Func(F("activity_ids"), function="cardinality"))
    for pk, consumer, size in waiting.order_by("pk").values_list("pk", "consumer", "size")[:100]:
        if chosen and tried + size > at_most:
            break
        chosen.append((consumer, pk))
        tried += size
    for name, group in groupby(sorted(chosen), key=lambda row: row[0]):
        pks = [pk for _name, pk in group]
        if not _hear(name, pks):
            _promise_each(pks)
    return tried


def _hear(name: str, pks: list[int]) -> bool:
    """Let a consumer hear what nobody else is at. Returns False when it cannot, and then nothing has happened."""
    consumer = find_consumer(name)
    if consumer is None or consumer.batch is None:
        return False
    try:
        with transaction.atomic():
            held = HistoryDelivery.objects.select_for_update(skip_locked=True).filter(pk__in=pks)
            promises = dict(held.order_by("pk").values_list("pk", "activity_ids"))
            keys = [key for keys in promises.values() for key in keys]
            activities = Activity.objects.in_bulk(keys)
            if activities:
                consumer.batch([activities[key] for key in keys if key in activities])
            HistoryDelivery.objects.filter(pk__in=promises).delete()
    except Exception as error:  # noqa: BLE001 - falls back to one by one, which names the guilty Activity
        logger.warning("history for %s falls back to single deliveries: %s", name, error)
        return False
    return True


_EACH = """
WITH split AS (DELETE FROM activity_historydelivery WHERE id = ANY(%s) RETURNING consumer, activity_ids)
INSERT INTO activity_delivery (activity_id, consumer, due_at, attempts, error)
SELECT a.id, split.consumer, a.occurred_at, 0, '' FROM split
  JOIN activity_activity a ON a.id = ANY(split.activity_ids) ON CONFLICT DO NOTHING
"""


@transaction.atomic
def _promise_each(pks: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_EACH, [pks])


def waiting(*, consumer: str | None = None) -> int:
    """Return how many promises are not kept yet, single ones and those of history; of one consumer, or of all."""
    single = Delivery.objects.filter(done_at=None, dead_at=None)
    together = HistoryDelivery.objects.all()
    if consumer is not None:
        single, together = single.filter(consumer=consumer), together.filter(consumer=consumer)
    sizes = together.values_list(Func(F("activity_ids"), function="cardinality"), flat=True)
    return int(single.count() + sum(sizes))
