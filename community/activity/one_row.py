"""Rules of which there is one row for the whole community; without it, the defaults of its model are in force.

What such rules have in common: they are held, changed by field name, checked whole, and saved. Whether one may, and what is
recorded, is for the action of each feature.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Invalid

THE_ROW = 1

Row = TypeVar("Row", bound=models.Model)


def read_row(model: type[Row]) -> Row:
    """Return the one row, or the defaults while nobody has changed any."""
    return model._default_manager.filter(pk=THE_ROW).first() or model(pk=THE_ROW)


def hold_row(model: type[Row]) -> Row:
    """Return the one row, locked until the end of the transaction. Two who change it first of all wait for each other too."""
    model._default_manager.bulk_create([model(pk=THE_ROW)], ignore_conflicts=True)
    return model._default_manager.select_for_update().get(pk=THE_ROW)


def fields_of(model: type[models.Model]) -> frozenset[str]:
    """Return the names of the fields that may be changed."""
    return frozenset(field.name for field in model._meta.concrete_fields) - {"id", "changed_at"}


def change_row(row: models.Model, changes: Mapping[str, Any], fields: Iterable[str]) -> list[str]:
    """Put new values on a row. Returns, sorted, the names of those that were others before."""
    unknown = set(changes) - set(fields)
    if unknown:
        raise ValueError(f"not fields of {row._meta.label}: {sorted(unknown)}")
    changed = sorted(name for name, value in changes.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, changes[name])
    return changed


def check_row(row: models.Model, code: str) -> None:
    """Raise `Invalid` naming every field that cannot be used."""
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        fields = {name: " ".join(messages) for name, messages in error.message_dict.items()}
        raise Invalid(code, _("Some fields need another look."), fields=fields) from error


def keep_row(row: models.Model) -> None:
    """Save a row with the moment it was changed."""
    row.changed_at = timezone.now()  # type: ignore[attr-defined]
    row.save()
