"""Changing numbers and setting them back."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid, NotFound
from community.numbers.memory import forget
from community.numbers.models import NumberInForce
from community.numbers.number import Editable, Unusable, Value, find_number
from community.numbers.permissions import can_change_numbers
from community.numbers.verbs import NUMBER_CHANGED, NumberChanged

if TYPE_CHECKING:
    from community.members.models import Member

# A number of our own in Postgres's space of advisory locks. A number that nobody changed yet has no row to lock.
_LOCK = 0x6E756D62


@transaction.atomic
def change_numbers(*, actor: "Member", changes: Mapping[str, object]) -> list[str]:
    """Put numbers into force by key; a default is put back by writing it. Returns the keys of those that changed.

    Raises `Refused`, `NotFound` for a key there is none of, or `Invalid` with a sentence for each that cannot be used;
    then nothing changed.
    """
    can_change_numbers(actor).require()
    return _put(actor, _read(changes))


@transaction.atomic
def reset_numbers(*, actor: "Member", keys: Iterable[str]) -> list[str]:
    """Set numbers back to their defaults. Returns the keys of those that were something else."""
    can_change_numbers(actor).require()
    return _put(actor, [(number, number.usual) for number in map(_number, dict.fromkeys(keys))])


def _number(key: str) -> Editable:
    number = find_number(key)
    if number is None:
        raise NotFound("no_such_number", _("There is no number of this name."))
    return number


def _read(changes: Mapping[str, object]) -> list[tuple[Editable, Value]]:
    wanted, wrong = [], {}
    for key, raw in changes.items():
        number = _number(key)
        try:
            wanted.append((number, number.read(raw)))
        except Unusable as error:
            wrong[key] = error.message
    if wrong:
        raise Invalid("numbers_unusable", _("Some numbers need another look."), fields=wrong)
    return wanted


def _put(actor: "Member", wanted: Iterable[tuple[Editable, Value]]) -> list[str]:
    wanted = sorted(wanted, key=lambda pair: pair[0].key)
    keys = [number.key for number, _value in wanted]
    _one_at_a_time()
    rows = {row.key: row for row in NumberInForce.objects.filter(key__in=keys)}
    changed = []
    for number, value in wanted:
        row = rows.get(number.key)
        was = number.usual if row is None else _kept(row.value)
        if value == was:
            continue
        row = row or NumberInForce(key=number.key)
        row.value, row.changed_at, row.changed_by = value, timezone.now(), actor
        row.save()
        what: NumberChanged = {"key": number.key, "before": was, "after": value}
        record(NUMBER_CHANGED, actor=actor, target=row, payload=what)
        changed.append(number.key)
        if value == number.usual:
            row.delete()
    transaction.on_commit(forget)
    return changed


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _kept(value: object) -> Value:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]
