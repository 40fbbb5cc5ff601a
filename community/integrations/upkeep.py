"""What the clock does for keys."""

from django.core.cache import cache
from django.db.models import Q

from community.integrations.authentication import used_mark
from community.integrations.models import ApiKey


def write_down_uses() -> int:
    """Copy noted uses from the cache to the keys. Returns how many keys were used since."""
    marks = {used_mark(pk): pk for pk in ApiKey.objects.usable().values_list("pk", flat=True)}
    changed = 0
    for mark, moment in cache.get_many(list(marks)).items():
        older = Q(last_used_at=None) | Q(last_used_at__lt=moment)
        changed += ApiKey.objects.filter(older, pk=marks[mark]).update(last_used_at=moment)
    return changed
