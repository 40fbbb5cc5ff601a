"""Rows by a statement of our own, for pages where an object of the ORM per row would be most of the cost."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")


def fetch(sql: str, params: Sequence[Any], into: Callable[[Sequence[Any]], T]) -> list[T]:
    """Run a reading statement and build one `into` per row: mostly a NamedTuple's `_make`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [into(row) for row in cursor.fetchall()]


def fetch_one(sql: str, params: Sequence[Any], into: Callable[[Sequence[Any]], T]) -> T | None:
    """Run a reading statement and build `into` from its first row, or return None."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        row = cursor.fetchone()
    return None if row is None else into(row)
