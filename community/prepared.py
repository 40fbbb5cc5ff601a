"""A short cut for statements that their connection has prepared already.

psycopg runs a statement in steps between which it can be interrupted, and gets ready anew to send and to read it whenever it
is another one than the last. On a page that takes the web process a tenth of its time. What is prepared libpq runs in one call,
with what was got ready the first time. Only psycopg prepares statements and forgets them, and whatever is not plain (a
transaction that is yet to begin, another mixture of types) is left to it.
"""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import OperationalError, errors, pq
from psycopg._queries import PostgresQuery
from psycopg.adapt import Transformer

Params = Sequence[Any] | Mapping[str, Any]

# More than a connection keeps prepared; texts that are put together anew each time must not fill the memory.
_MOST = 1000
_ROWS, _DONE = pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK
_BROKEN, _IDLE = pq.ConnStatus.BAD, pq.TransactionStatus.IDLE


class _Patience:
    """The thread in which Ctrl-C and the time limits of tasks interrupt a statement: psycopg waits so that they can."""

    main: int | None = threading.main_thread().ident


def remember(cursor: Any, sql: str, params: Params) -> None:
    """Get a statement that psycopg just ran ready to be run again, and keep that with its connection."""
    held = cursor.connection
    if held.prepare_threshold is None or threading.get_ident() == _Patience.main:
        return
    known: dict[str, PostgresQuery] | None = getattr(held, "porchlight_known", None)
    if known is None or len(known) >= _MOST:
        known = held.porchlight_known = {}
    if sql in known:
        return
    query = PostgresQuery(Transformer(cursor))
    query.convert(sql, params)
    known[sql] = query


def run_known(held: Any, sql: str, params: Params) -> list[Sequence[Any]] | None:
    """Run a statement that was remembered and return its rows, or None where psycopg has to."""
    query: Any = getattr(held, "porchlight_known", _NOTHING).get(sql)
    if query is None or threading.get_ident() == _Patience.main or held._pipeline is not None:
        return None
    line = held.pgconn
    if line.transaction_status == _IDLE and not held.autocommit:
        return None
    query.dump(params)
    prepared, key = held._prepared._names, (query.query, query.types)
    name = prepared.get(key)
    if name is None:
        return None
    prepared.move_to_end(key)
    return _rows_of(line.exec_prepared(name, query.params, query.formats), query, line)


_NOTHING: dict[str, PostgresQuery] = {}


def _rows_of(result: Any, query: Any, line: Any) -> list[Sequence[Any]]:
    if result.status == _ROWS:
        query._tx.set_pgresult(result)
        rows: list[Sequence[Any]] = query._tx.load_rows(0, result.ntuples, tuple)
        return rows
    if result.status == _DONE:
        return []
    if line.status == _BROKEN:
        raise OperationalError(line.get_error_message())
    raise errors.error_from_result(result, encoding=query._tx.encoding)
