"""Looking through every column of words in the whole database, a stretch of rows at a time.

Columns are found in the models, so that a table added later is looked through without anybody thinking of it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction
from psycopg.types.json import Jsonb

from community.belongings import Leaving, all_belongings
from community.privacy.erasing.words import Words, patterns

# Rows of one statement. Looking costs little; only rows that hold something are fetched.
STRETCH = 5_000
# They hold the words themselves until the erasure is done, go as a whole, or are made anew from what was swept.
NOT_SEARCHED = frozenset({"privacy.erasure", "privacy.formerhandle", "search.searchdocument"})


@dataclass(frozen=True, slots=True)
class Place:
    """One table: its key, its columns of words, those with data or bytes in them, and those whose words are ours."""

    label: str
    table: str
    key: str
    counted: bool
    texts: tuple[str, ...]
    json: frozenset[str]
    raw: frozenset[str]
    longest: dict[str, int | None]
    ours: frozenset[str]


@cache
def places() -> tuple[Place, ...]:
    """Return every table that may hold words."""
    ours = {name.lower() for it in all_belongings() for name in it.named_in}
    return tuple(place for model in _models() if (place := _place(model, ours)) is not None)


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in NOT_SEARCHED:
            yield model


def _place(model: type[models.Model], ours: set[str]) -> Place | None:
    label, fields = model._meta.label_lower, model._meta.concrete_fields
    data = frozenset(f.column for f in fields if isinstance(f, models.JSONField))
    raw = frozenset(f.column for f in fields if isinstance(f, models.BinaryField) and f.null)
    plain = [
        f.column for f in fields if isinstance(f, models.CharField | models.TextField) and not f.primary_key
    ]
    lists = [f.column for f in fields if isinstance(f, ArrayField) and _of_words(f)]
    texts = tuple(sorted({*plain, *lists, *data, *raw}))
    if not texts:
        return None
    return Place(
        label,
        model._meta.db_table,
        str(model._meta.pk.column),  # type: ignore[union-attr]
        isinstance(model._meta.pk, models.AutoField | models.IntegerField | models.OneToOneField),
        texts,
        data,
        raw,
        {f.column: f.max_length for f in fields},
        frozenset(f.column for f in fields if f"{label}.{f.column}" in ours),
    )


def _of_words(field: "ArrayField[Any, Any]") -> bool:
    return isinstance(field.base_field, models.CharField | models.TextField)


@transaction.atomic
def sweep_place(place: Place, leaving: Leaving, after: int | str | None) -> int | str | None:
    """Look through one stretch of a table. Returns the last key of the stretch, or None at the end."""
    last = _end_of_stretch(place, after)
    rows = _held(place, leaving, after, last)
    if rows:
        words = Words(leaving)
        with connection.cursor() as cursor:
            # The books and the log of the team let themselves be changed by this alone (see their migrations).
            cursor.execute("SELECT set_config('porchlight.upkeep', 'erasure', true)")
            for key, *values in rows:
                _write(cursor, place, words, key, values)
            cursor.execute("SELECT set_config('porchlight.upkeep', '', true)")
    return last


def _end_of_stretch(place: Place, after: int | str | None) -> int | str | None:
    """Return the last key of the next stretch; None where the table ends within it."""
    begins = "" if after is None else f' WHERE "{place.key}" > %s'
    sql = f'SELECT "{place.key}" FROM "{place.table}"{begins} ORDER BY "{place.key}" OFFSET {STRETCH} LIMIT 1'  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(sql, [] if after is None else [after])
        row = cursor.fetchone()
    return None if row is None else row[0]


def _held(
    place: Place, leaving: Leaving, after: int | str | None, last: int | str | None
) -> list[tuple[Any, ...]]:
    conditions, params = [], []
    for sign, bound in ((">", after), ("<=", last)):
        if bound is not None:
            conditions.append(f'"{place.key}" {sign} %s')
            params.append(bound)
    looked = [
        f"encode(\"{name}\", 'escape')" if name in place.raw else f'"{name}"::text' for name in place.texts
    ]
    conditions.append(f"concat_ws(' ', {', '.join(looked)}) ILIKE ANY(%s)")
    columns = ", ".join(f'"{name}"' for name in (place.key, *place.texts))
    sql = f'SELECT {columns} FROM "{place.table}" WHERE {" AND ".join(conditions)}'  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, patterns(leaving)])
        return list(cursor.fetchall())


def _write(cursor: Any, place: Place, words: Words, key: Any, values: list[Any]) -> None:
    changed: dict[str, Any] = {}
    for name, value in zip(place.texts, values, strict=True):
        new = _without(place, words, name, value)
        if new != value:
            changed[name] = new
    if changed:
        sets = ", ".join(f'"{name}" = %s' for name in changed)
        sql = f'UPDATE "{place.table}" SET {sets} WHERE "{place.key}" = %s'  # noqa: S608 - our own names
        cursor.execute(sql, [*changed.values(), key])


def _without(place: Place, words: Words, name: str, value: Any) -> Any:
    if value is None or name in place.raw:
        # A message as it came in cannot be mended in part.
        return None
    ours = name in place.ours
    if name in place.json:
        # Data comes as text from a statement of our own.
        held = json.loads(value) if isinstance(value, str) else value
        new = words.out_of(held, ours=ours)
        return value if new == held else Jsonb(new)
    new = words.out_of(value, ours=ours)
    longest = place.longest.get(name)
    return new[:longest] if isinstance(new, str) and longest else new
