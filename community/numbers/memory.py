"""What managers chose, remembered by each process for a few seconds: pages ask for numbers all the time."""

import time
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import SynchronousOnlyOperation

REMEMBERED_SECONDS = 10.0


class _Memory:
    """The values last read by this process by key, and when."""

    values: Mapping[str, Any] = {}
    read_at = float("-inf")


def chosen(key: str) -> Any:
    """Return the value a manager chose, or None. Another process sees a change within ten seconds."""
    if time.monotonic() - _Memory.read_at > REMEMBERED_SECONDS:
        _look()
    return _Memory.values.get(key)


def chosen_rates(name: str) -> tuple[str, ...] | None:
    """Return the texts a manager chose for a limit, or None."""
    texts: tuple[str, ...] | None = chosen(f"rates.{name}")
    return texts


def remember(rows: Mapping[str, object]) -> None:
    """Keep what rows hold. A row that this version cannot use leaves the default in force."""
    from community.numbers.number import Unusable, find_number

    values = {}
    for key, raw in rows.items():
        number = find_number(key)
        if number is None:
            continue
        try:
            values[key] = number.read(raw)
        except Unusable:
            continue
    _Memory.values, _Memory.read_at = values, time.monotonic()


def forget() -> None:
    """Look anew at the next occasion."""
    _Memory.read_at = float("-inf")


def _look() -> None:
    try:
        remember(dict(apps.get_model("numbers", "NumberInForce").objects.values_list("key", "value")))
    except SynchronousOnlyOperation:
        # Asked amid an event loop, which must not wait for the database: what is known is good enough.
        return
