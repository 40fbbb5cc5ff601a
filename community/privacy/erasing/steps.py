"""The order of an erasure: each step is one transaction of bounded size, and may be done again.

First what each feature does by itself (in the order of the registry up to `AFTER`), then the fates of its columns, then the
words that are left anywhere, then what must see those gone.
"""

import time
from collections.abc import Callable, Iterator

from django.db import transaction

from community.belongings import Belonging, Column, Fate, Leaving, all_belongings
from community.privacy.erasing.quietening import quieten
from community.privacy.erasing.sweeping import Place, places, sweep_place
from community.privacy.models import Erasure

AT_A_TIME = 500
# Features from this order on come after the words were swept.
AFTER = 900

# Does a bounded part of a step, from where it is (a key, or None). Returns where it came to, or None when it is done.
Part = Callable[[Leaving, int | str | None], int | str | None]


def steps() -> Iterator[tuple[str, Part]]:
    """Yield every step by a name that stays the same, in order."""
    listed = all_belongings()
    for it in listed:
        if it.erase is not None and it.order < AFTER:
            yield f"feature {it.key}", _by_feature(it)
    for it in listed:
        for column in it.columns:
            yield f"column {column.model}.{column.name}", _by_column(column)
    for place in places():
        yield f"words {place.label}", _by_words(place)
    for it in listed:
        if it.erase is not None and it.order >= AFTER:
            yield f"feature {it.key}", _by_feature(it)


def go_on(erasure: Erasure, leaving: Leaving, *, seconds: float) -> bool:
    """Do steps from where the last run ended, for some seconds. Returns whether all are done."""
    end = time.monotonic() + seconds
    at, reached = erasure.progress.get("at"), erasure.progress.get("step", "")
    names = [name for name, _part in steps()]
    begun = not reached or reached not in names
    for name, part in steps():
        begun = begun or name == reached
        if not begun:
            continue
        at = at if name == reached else None
        while True:
            at = part(leaving, at)
            Erasure.objects.filter(pk=erasure.pk).update(progress={"step": name, "at": at})
            if at is None:
                break
            if time.monotonic() > end:
                return False
    return True


def _by_feature(it: Belonging) -> Part:
    def do(leaving: Leaving, _at: int | str | None) -> int | None:
        assert it.erase is not None
        with transaction.atomic():
            return it.erase(leaving) or None

    return do


def _by_column(column: Column) -> Part:
    def do(leaving: Leaving, at: int | str | None) -> int | str | None:
        rows = column.of._default_manager.filter(**{column.name: leaving.member_id})
        if at is not None:
            rows = rows.filter(pk__gt=at)
        with transaction.atomic():
            pks = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_A_TIME])
            # What the log says of a row goes while the row still says whose it is.
            quieten(column.of._meta.label_lower, pks, leaving)
            some = column.of._default_manager.filter(pk__in=pks)
            if column.fate is Fate.DELETE:
                some.delete()
            elif column.fate is Fate.DETACH:
                some.update(**{column.name: None})
        return pks[-1] if pks else None

    return do


def _by_words(place: Place) -> Part:
    def do(leaving: Leaving, at: int | str | None) -> int | str | None:
        return sweep_place(place, leaving, at)

    return do
