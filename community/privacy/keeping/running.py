"""Removing what is old: rule by rule, in small transactions that wait for nobody for long."""

import logging
import time
from collections.abc import Collection

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from community.privacy.models import RetentionRun
from community.retention import RetentionRule, all_rules

logger = logging.getLogger(__name__)

AT_A_TIME = 1_000
# Of ten minutes; what is left then goes with the next ring.
SECONDS = 240.0
LONGEST_WAIT = "2s"


def apply_rules(*, only: Collection[str] = (), seconds: float = SECONDS) -> dict[str, int]:
    """Remove what every rule says is old. Returns how much of what went; what could not be had now goes another time."""
    until = time.monotonic() + seconds
    removed = {}
    for rule in all_rules():
        if only and rule.key not in only:
            continue
        removed[rule.key] = _apply(rule, until)
    return removed


def _apply(rule: RetentionRule, until: float) -> int:
    total = 0
    while time.monotonic() < until:
        try:
            gone = remove_some(rule)
        except DatabaseError:
            # Mostly somebody holds what hangs on these rows, and they are in no hurry. The other rules go on.
            logger.warning("what %s would remove stays for now", rule.key, exc_info=True)
            break
        total += gone
        if not gone:
            break
    return total


@transaction.atomic
def remove_some(rule: RetentionRule, *, at_most: int = AT_A_TIME) -> int:
    """Remove the oldest rows of one rule, leaving out those somebody holds. Returns how many went."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
    rows = rule.old()
    held = rows.order_by(rule.age).select_for_update(skip_locked=True, of=("self",))
    pks = list(held.values_list("pk", flat=True)[:at_most])
    if not pks:
        return 0
    if rule.remove is not None:
        gone = rule.remove(pks)
    else:
        by_model = rows.model._base_manager.filter(pk__in=pks).delete()[1]
        gone = by_model.get(rows.model._meta.label, 0)
    _note(rule, gone)
    return gone


def _note(rule: RetentionRule, gone: int) -> None:
    now = timezone.now()
    run, _is_new = RetentionRun.objects.get_or_create(
        rule=rule.key, day=now.date(), defaults={"last_at": now}
    )
    RetentionRun.objects.filter(pk=run.pk).update(removed=F("removed") + gone, last_at=now)
