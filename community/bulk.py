"""Many rows at once, by COPY: for imports and back-fills. Nothing is checked but by the database's own constraints."""

import json
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Any

from django.db import connection, models


def hurry() -> None:
    """Do not wait for the disk at this transaction's end: what a crash loses is written again by the next run."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def next_keys(model: type[models.Model], count: int) -> Iterator[int]:
    """Draw `count` primary keys from the model's sequence, so that rows can name each other before they are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(drawn.name) FROM generate_series(1, %s), "
            "(SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name OFFSET 0) drawn",  # looked up once, not per key
            [count, model._meta.db_table],
        )
        return iter([row[0] for row in cursor.fetchall()])


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of these columns. JSON comes as text; columns left out must have a default in the database."""
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)


def copy_new(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Like `copy_rows`; every column left out gets what an untouched object of the model holds."""
    others, values = _untouched(model, frozenset(columns))
    copy_rows(model, (*columns, *others), ((*row, *values) for row in rows))


def _untouched(model: type[models.Model], given: frozenset[str]) -> tuple[list[str], list[Any]]:
    fresh = model()
    left = [
        field for field in model._meta.concrete_fields if not field.primary_key and field.column not in given
    ]
    return [str(field.column) for field in left], [
        _plain(field, getattr(fresh, field.attname)) for field in left
    ]


def _plain(field: "models.Field[Any, Any]", value: Any) -> Any:
    if isinstance(field, models.JSONField) and value is not None:
        return json.dumps(value)
    return value.value if isinstance(value, Enum) else value
