"""Rows by a statement of our own, for pages where an object of the ORM per row would be most of the cost.

Statements are prepared: planning the joins of a page takes Postgres ten times as long as running them. Behind a pooler
that hands out connections per transaction, `PG_PREPARED=0` turns that off.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg
from django.db import OperationalError, connection
from django.db.models import QuerySet
from psycopg.types.numeric import Int8Dumper

T = TypeVar("T")


# Each statement counts once for every combination of its parameters' types; psycopg keeps a hundred.
_STATEMENTS_KEPT = 500


class PreparedCursor(psycopg.Cursor[Any]):
    """A cursor whose statements stay known to the server as long as the connection lives.

    Whole numbers are always sent as `bigint`: by their size they would make a statement of its own for each mixture of
    small and large keys, each planned anew.
    """

    def __init__(self, held: "psycopg.Connection[Any]") -> None:
        super().__init__(held)
        self.adapters.register_dumper(int, Int8Dumper)

    def execute(self, query: Any, params: Any = None, **_options: Any) -> "PreparedCursor":
        """Run a statement, preparing it the first time."""
        return super().execute(query, params, prepare=True)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A queryset as a statement, built once with stand-ins where each request has its own values.

    So a rule such as `visible_to` stays written once, while a hot page pays for compiling it once per process.
    A stand-in is a value that no row can have: a negative key, a text with a control character.
    """

    sql: str
    params: tuple[Any, ...]

    def params_with(self, values: Mapping[Any, Any]) -> list[Any]:
        """Return the parameters with the stand-ins replaced."""
        return [values.get(param, param) for param in self.params]


def compile_rows(rows: QuerySet[Any, Any]) -> Compiled:
    """Compile a queryset whose columns are read in its own order."""
    sql, params = rows.query.sql_with_params()
    return Compiled(sql, tuple(params))


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


def write(sql: str, params: Sequence[Any]) -> list[Sequence[Any]]:
    """Run a statement that changes rows; returns what its `RETURNING` says. Never asked a second time."""
    return _execute(sql, params)


def _execute(sql: str, params: Sequence[Any]) -> list[Sequence[Any]]:
    cursor = _cursor()
    cursor.execute(sql, params)
    rows: list[Sequence[Any]] = cursor.fetchall() if cursor.description else []
    connection.health_check_done = True  # type: ignore[attr-defined]
    return rows


def _cursor() -> Any:
    """Return the cursor kept with the connection; where statements are logged, a new one, which can show them.

    Making a cursor costs as much as running a small statement. Every caller here reads its answer to the end first.
    """
    if connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    held: Any = connection.connection
    kept = getattr(held, "porchlight_cursor", None)
    if kept is None:
        held.prepared_max = _STATEMENTS_KEPT
        kept = connection._prepare_cursor(PreparedCursor(held))  # type: ignore[attr-defined]
        held.porchlight_cursor = kept
    return kept
