"""Many rows at once, by COPY: for imports and back-fills. Nothing is checked but by the database's own constraints."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from django.db import connection, models
from psycopg.types.json import Jsonb


def next_keys(model: type[models.Model], count: int) -> Iterator[int]:
    """Draw `count` primary keys from the model's sequence, so that rows can name each other before they are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return iter([row[0] for row in cursor.fetchall()])


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of these columns. JSON values come as `Jsonb`; columns left out must have a default in the database."""
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)


def copy_objects(objects: Sequence[models.Model]) -> None:
    """Write unsaved objects of one model, whose keys are drawn already, with every column as they have it."""
    if objects:
        model = type(objects[0])
        columns, readers = _shape(model)
        copy_rows(model, columns, ([read(row) for read in readers] for row in objects))


@cache
def _shape(model: type[models.Model]) -> tuple[list[str], list[Callable[[Any], Any]]]:
    fields = model._meta.concrete_fields
    return [str(field.column) for field in fields], [_reader(field) for field in fields]


def _reader(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    name = field.attname
    if isinstance(field, models.JSONField):
        return lambda row: Jsonb(getattr(row, name))
    return lambda row: getattr(row, name)
