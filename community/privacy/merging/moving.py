"""Moving rows from one account to another. What both have, the one that stays keeps."""

from dataclasses import dataclass

from django.db import IntegrityError, models, transaction
from django.utils.text import capfirst

from community.belongings import Column, Fate, all_belongings
from community.members.models import Member

# More in one table, and a page would time out: such an account is joined by hand, with the maker's help.
MOST = 50_000


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows of one kind go over, in words of the admin."""

    title: str
    rows: int


def count_rows(source: Member) -> list[Moved]:
    """Return what would move, without moving it. Counting ends at `MOST`."""
    found: dict[str, int] = {}
    for it in all_belongings():
        for column in it.columns:
            if column.moves:
                found[str(it.title)] = found.get(str(it.title), 0) + _rows(column, source)[:MOST].count()
    return [Moved(capfirst(title), rows) for title, rows in found.items() if rows]


def move_rows(source: Member, target: Member) -> int:
    """Move every row that may move, and delete what opens the account that ends. Returns how many moved."""
    moved = 0
    for it in all_belongings():
        for column in it.columns:
            if column.moves:
                moved += _move(column, source, target)
            elif column.fate is Fate.DELETE:
                _rows(column, source).delete()
        if it.merge is not None:
            it.merge(source, target)
    return moved


def _rows(column: Column, source: Member) -> "models.QuerySet[models.Model]":
    return column.of._default_manager.filter(**{column.name: source.pk})


def _move(column: Column, source: Member, target: Member) -> int:
    """All at once; where the target has some of the same already, one by one."""
    try:
        with transaction.atomic():
            return _rows(column, source).update(**{column.name: target.pk})
    except IntegrityError:
        return sum(
            _move_one(column, pk, target) for pk in list(_rows(column, source).values_list("pk", flat=True))
        )


def _move_one(column: Column, pk: object, target: Member) -> int:
    row = column.of._default_manager.filter(pk=pk)
    try:
        with transaction.atomic():
            return row.update(**{column.name: target.pk})
    except IntegrityError:
        row.delete()
        return 0
