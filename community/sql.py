"""Rows by a statement of our own, for pages where an object of the ORM per row would be most of the cost.

Statements are prepared: planning the joins of a page takes Postgres ten times as long as running them. Behind a pooler
that hands out connections per transaction, `PG_PREPARED=0` turns that off.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.models import QuerySet
from psycopg import _queries
from psycopg.adapt import Dumper, PyFormat
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.numeric import Int4, Int4Dumper, IntDumper

from community.prepared import remember, run_known

T = TypeVar("T")


# Each statement counts once for every combination of its parameters' types; psycopg keeps a hundred.
_STATEMENTS_KEPT = 500
# psycopg looks for the parameters of longer statements anew each time: a tenth of a millisecond of every visit to the home.
_queries.MAX_CACHED_STATEMENT_LENGTH = 16_384


class WholeNumbers(IntDumper):
    """Chooses among two types of whole numbers, not three."""

    def upgrade(self, obj: int, format: PyFormat) -> Dumper:
        """Return what sends `obj`."""
        return _INTEGER if -(2**31) <= obj < 2**31 else super().upgrade(obj, format)


_INTEGER = Int4Dumper(Int4)


class PreparedCursor(psycopg.Cursor[Any]):
    """A cursor whose statements stay known to the server as long as the connection lives.

    Whole numbers are sent as `integer` as long as they fit: by psycopg's own rule small ones would be `smallint`, and
    each mixture of small and large keys a statement of its own, planned anew.
    """

    def __init__(self, held: "psycopg.Connection[Any]") -> None:
        super().__init__(held)
        self.adapters.register_dumper(int, WholeNumbers)
        # In place of Django's, which is written in Python: a page of posts reads sixty moments.
        self.adapters.register_loader("timestamptz", TimestamptzLoader)

    def execute(self, query: Any, params: Any = None, **_options: Any) -> "PreparedCursor":
        """Run a statement, preparing it the first time."""
        return super().execute(query, params, prepare=not isinstance(query, PlannedAnew))


class PlannedAnew(str):
    """A statement whose best plan depends on its values so much that none may be kept for all of them."""

    __slots__ = ()


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


def fetch(sql: str, params: Sequence[Any] | Mapping[str, Any], into: Callable[[Sequence[Any]], T]) -> list[T]:
    """Run a reading statement and build one `into` per row: mostly a NamedTuple's `_make`."""
    return [into(row) for row in _rows(sql, params)]


def fetch_one(
    sql: str, params: Sequence[Any] | Mapping[str, Any], into: Callable[[Sequence[Any]], T]
) -> T | None:
    """Run a reading statement and build `into` from its first row, or return None."""
    rows = _rows(sql, params)
    return into(rows[0]) if rows else None


def _rows(sql: str, params: Sequence[Any] | Mapping[str, Any]) -> list[Sequence[Any]]:
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


def write(sql: str, params: Sequence[Any] | Mapping[str, Any]) -> list[Sequence[Any]]:
    """Run a statement that changes rows; returns what its `RETURNING` says. Never asked a second time."""
    return _execute(sql, params)


def _execute(sql: str, params: Sequence[Any] | Mapping[str, Any]) -> list[Sequence[Any]]:
    database: Any = connections[DEFAULT_DB_ALIAS]
    if database.queries_logged or database.execute_wrappers:
        with database.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []
    database.ensure_connection()
    with database.wrap_database_errors:
        again = not isinstance(sql, PlannedAnew)
        rows = run_known(database.connection, sql, params) if again else None
        if rows is None:
            kept = _kept_cursor(database)
            kept.execute(sql, params)
            result = kept.pgresult
            rows = kept.fetchall() if result is not None and result.nfields else []
            if again:
                remember(kept, sql, params)
    database.health_check_done = True
    return rows


def _kept_cursor(database: Any) -> PreparedCursor:
    """Return the cursor kept with a connection.

    Making a cursor costs as much as running a small statement. Every caller here reads its answer to the end first.
    """
    held: Any = database.connection
    kept: PreparedCursor | None = getattr(held, "porchlight_cursor", None)
    if kept is None:
        held.prepared_max = _STATEMENTS_KEPT
        kept = held.porchlight_cursor = PreparedCursor(held)
    return kept
