"""Reading the log of what happened by time, without an index of times."""

import datetime as dt

from community.activity.models import Activity


def first_activity_since(moment: dt.datetime) -> int:
    """Return the key from which on what happened is younger than a moment; found by halving, in some twenty small steps.

    What was brought in from elsewhere carries older times under newer keys: it counts as young.
    """
    last = Activity.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    low, high = 0, last + 1
    while low < high:
        middle = (low + high) // 2
        found = (
            Activity.objects.filter(pk__gte=middle).order_by("pk").values_list("pk", "occurred_at").first()
        )
        if found is None or found[1] >= moment:
            high = middle
        else:
            low = found[0] + 1
    return low
