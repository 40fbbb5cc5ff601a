"""Rows by a statement of our own, for pages where an object of the ORM per row would be most of the cost.

Statements are prepared: planning the joins of a page takes Postgres ten times as long as running them. Behind a pooler
that hands out connections per transaction, `PG_PREPARED=0` turns that off.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import psycopg
from django.db import connection

T = TypeVar("T")


class PreparedCursor(psycopg.Cursor[Any]):
    """A cursor whose statements stay known to the server as long as the connection lives."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> "PreparedCursor":
        """Run a statement, preparing it the first time."""
        return super().execute(query, params, prepare=True)


def fetch(sql: str, params: Sequence[Any], into: Callable[[Sequence[Any]], T]) -> list[T]:
    """Run a reading statement and build one `into` per row: mostly a NamedTuple's `_make`."""
    with _cursor() as cursor:
        cursor.execute(sql, params)
        return [into(row) for row in cursor.fetchall()]


def fetch_one(sql: str, params: Sequence[Any], into: Callable[[Sequence[Any]], T]) -> T | None:
    """Run a reading statement and build `into` from its first row, or return None."""
    with _cursor() as cursor:
        cursor.execute(sql, params)
        row = cursor.fetchone()
    return None if row is None else into(row)


def _cursor() -> Any:
    """Open a cursor as `connection.cursor()` does; where statements are logged, that one, which can show them."""
    if connection.queries_logged:
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    return connection._prepare_cursor(PreparedCursor(connection.connection))  # type: ignore[attr-defined]
