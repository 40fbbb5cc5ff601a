"""What a change of settings was from and to, for the log: plain values, without secrets and without what people say of themselves.

before = values_of(rules)
…
record(RULES_CHANGED, …, payload=changed_values(before, rules, names))
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from django.db import models
from django.utils.encoding import force_str

MASK = "•••"
# As many characters of a text as tell which it was.
LONGEST = 200
_SECRET = re.compile(r"secret|password|token|hash|sealed|(^|_)key_id$|^logo$")
# What is about a person, of the models that hold people: that it changed is known, what it said is theirs.
_OF_PEOPLE = frozenset({"members.member", "members.profile"})
_PERSONAL = re.compile(
    r"^(name|handle|email|bio_\w+|location|website|avatar_url|banner_url|answers|restriction_reason)$"
)


class Changed(TypedDict):
    """Names of the fields that changed, and by name what was and what is; secrets and personal words are masked."""

    fields: list[str]
    before: dict[str, Any]
    after: dict[str, Any]


def values_of(row: models.Model, names: Iterable[str] | None = None) -> dict[str, Any]:
    """Return the values of a row by field name, as the log may hold them. Of a row that is not kept yet there are none."""
    if row._state.adding:
        return {}
    return _read(row, names)


def changed_values(
    before: Mapping[str, Any], row: models.Model, names: Iterable[str], **more: tuple[Any, Any]
) -> Changed:
    """Return what a `Changed` holds. `more` are things that are no columns of the row: what was, and what is."""
    fields = sorted({*names, *more})
    after = _read(row, (name for name in fields if name not in more))
    was = {name: before[name] for name in fields if name in before}
    for name, (old, new) in more.items():
        was[name], after[name] = _told(row, name, old), _told(row, name, new)
    return {"fields": fields, "before": was, "after": after}


def _read(row: models.Model, names: Iterable[str] | None) -> dict[str, Any]:
    columns = {field.name: field for field in row._meta.concrete_fields}
    wanted = columns if names is None else [name for name in names if name in columns]
    return {name: _told(row, name, getattr(row, columns[name].attname)) for name in wanted}


def _told(row: models.Model, name: str, value: Any) -> Any:
    personal = row._meta.label_lower in _OF_PEOPLE and _PERSONAL.match(name)
    if _SECRET.search(name) or personal or isinstance(value, bytes | memoryview):
        return MASK if value else ""
    return _plain(value)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {force_str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    text = force_str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
