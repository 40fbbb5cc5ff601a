"""What the clock does for keys and kept answers."""

from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from community.integrations.authentication import used_mark
from community.integrations.models import ApiKey

KEEP_ANSWERS = timedelta(hours=24)


def write_down_uses() -> int:
    """Copy noted uses from the cache to the keys. Returns how many keys were used since."""
    marks = {used_mark(pk): pk for pk in ApiKey.objects.usable().values_list("pk", flat=True)}
    changed = 0
    for mark, moment in cache.get_many(list(marks)).items():
        older = Q(last_used_at=None) | Q(last_used_at__lt=moment)
        changed += ApiKey.objects.filter(older, pk=marks[mark]).update(last_used_at=moment)
    return changed


def purge_answers(*, at_most: int = 50_000) -> int:
    """Delete answers kept for longer than a day, a bounded number at a time. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            # Chosen once, by themselves: as a subquery they could be chosen anew for each row, and more would go.
            "WITH old AS MATERIALIZED (SELECT id FROM integrations_keptanswer WHERE created_at < %s LIMIT %s"
            " FOR UPDATE SKIP LOCKED) DELETE FROM integrations_keptanswer a USING old WHERE a.id = old.id",
            [timezone.now() - KEEP_ANSWERS, at_most],
        )
        return int(cursor.rowcount)
