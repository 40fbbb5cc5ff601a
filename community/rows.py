"""Model objects out of statements written by hand, where the rest of the house wants the object and not a small row."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState

from community.sql import write

M = TypeVar("M", bound=models.Model)


@lru_cache(maxsize=64)
def columns(model: type[models.Model], alias: str, *, without: tuple[str, ...] = ()) -> str:
    """Return `alias.column, …` for every column of a model but some, in the order `build` expects."""
    return ", ".join(f'{alias}."{field.column}"' for field in _fields(model, without))


def width(model: type[models.Model], *, without: tuple[str, ...] = ()) -> int:
    """Return how many columns that is."""
    return len(_fields(model, without))


def build(model: type[M], values: Sequence[Any], *, without: tuple[str, ...] = ()) -> M:
    """Return the object a query of the ORM would have made of these columns; those left out load when asked for.

    Set down as `Model.__init__` would in the end: asking each field and two signals costs more than the statement.
    """
    names, converters = _plan(model, without)
    row = model.__new__(model)
    row.__dict__.update(zip(names, values, strict=True))
    for name, convert in converters:
        row.__dict__[name] = convert(row.__dict__[name])
    row._state = ModelState()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


def join(row: models.Model, name: str, other: models.Model | None) -> None:
    """Put the object that a foreign key points at beside it, as `select_related` does: the key is there already."""
    row._state.fields_cache[name] = other


@lru_cache(maxsize=64)
def _fields(model: type[models.Model], without: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if field.name not in without)


@lru_cache(maxsize=64)
def _plan(
    model: type[models.Model], without: tuple[str, ...]
) -> tuple[list[str], list[tuple[str, Callable[[Any], Any]]]]:
    """Return the names of the columns, and what the ORM does to some of their values (JSON comes as text)."""
    fields = _fields(model, without)
    converters = [(field.attname, _converter(field)) for field in fields if hasattr(field, "from_db_value")]
    return [field.attname for field in fields], converters


def _converter(field: Any) -> Callable[[Any], Any]:
    return lambda value: field.from_db_value(value, None, connection)


def insert(row: M) -> M:
    """Insert a new row, with every column as the object has it, and give the object its key."""
    sql, values = insertion(row)
    return inserted(row, write(sql, values)[0][0])


def insertion(row: models.Model) -> tuple[str, list[Any]]:
    """Return the statement that inserts a row and returns its key, and its parameters: it may be part of a larger one."""
    sql, fields = _insertion(type(row))
    values = [
        convert(getattr(row, name), connection) if convert is not None else getattr(row, name)
        for name, convert in fields
    ]
    return sql, values


def inserted(row: M, pk: Any) -> M:
    """Give the object the key of the row it has become."""
    row.pk = pk
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


@lru_cache(maxsize=64)
def _insertion(model: type[models.Model]) -> tuple[str, tuple[tuple[str, Any], ...]]:
    fields = [field for field in _fields(model, ()) if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    gaps = ", ".join(["%s"] * len(fields))
    (key,) = (field.column for field in _fields(model, ()) if field.primary_key)
    sql = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({gaps}) RETURNING "{key}"'  # noqa: S608 - names of columns
    return sql, tuple((field.attname, _writer(field)) for field in fields)


def _writer(field: Any) -> Callable[[Any, Any], Any] | None:
    """Return what the ORM does to a value on its way to the database, where the driver alone would not know."""
    return field.get_db_prep_save if isinstance(field, models.JSONField) else None
