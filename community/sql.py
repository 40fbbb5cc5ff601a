"""Rows by a statement of our own, for pages where an object of the ORM per row would be most of the cost.

Statements are prepared: planning the joins of a page takes Postgres ten times as long as running them. Behind a pooler
that hands out connections per transaction, `PG_PREPARED=0` turns that off.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import psycopg
from django.db import OperationalError, connection

T = TypeVar("T")


class PreparedCursor(psycopg.Cursor[Any]):
    """A cursor whose statements stay known to the server as long as the connection lives."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> "PreparedCursor":
        """Run a statement, preparing it the first time."""
        return super().execute(query, params, prepare=True)


def fetch(sql: str, params: Sequence[Any], into: Callable[[Sequence[Any]], T]) -> list[T]:
    """Run a reading statement and build one `into` per row: mostly a NamedTuple's `_make`."""
    return [into(row) for row in _rows(sql, params)]


def fetch_one(sql: str, params: Sequence[Any], into: Callable[[Sequence[Any]], T]) -> T | None:
    """Run a reading statement and build `into` from its first row, or return None."""
    rows = _rows(sql, params)
    return into(rows[0]) if rows else None


def _rows(sql: str, params: Sequence[Any]) -> list[Sequence[Any]]:
    """Run a reading statement. The first one of a request also shows whether the connection still lives.

    Django would ask `SELECT 1` for that. A read outside a transaction can simply be asked again on a new connection,
    which heals the first request after a restart of Postgres without costing every other request a round trip.
    """
    try:
        return _execute(sql, params)
    except OperationalError:
        asked_already = connection.health_check_done  # type: ignore[attr-defined]
        if connection.in_atomic_block or asked_already or connection.is_usable():
            raise
        connection.close()
        return _execute(sql, params)


def _execute(sql: str, params: Sequence[Any]) -> list[Sequence[Any]]:
    with _cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[Sequence[Any]] = cursor.fetchall()
    connection.health_check_done = True  # type: ignore[attr-defined]
    return rows


def _cursor() -> Any:
    """Open a cursor as `connection.cursor()` does; where statements are logged, that one, which can show them."""
    if connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    return connection._prepare_cursor(PreparedCursor(connection.connection))  # type: ignore[attr-defined]
