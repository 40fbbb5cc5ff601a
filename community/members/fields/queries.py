"""Reading profile fields. Profiles, cards and the directory ask for them all the time, so a process remembers them."""

import datetime as dt
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import formats

from community.errors import NotFound
from community.members.fields.permissions import can_define_fields, may_fill, readable
from community.members.models import FieldKind, FilledBy, Member, Profile, ProfileField

REMEMBERED_SECONDS = 10.0


class _Memory:
    """The fields in use as this process read them last, and when."""

    fields: tuple[ProfileField, ...] = ()
    version = 0
    read_at = float("-inf")


def fields_in_use() -> tuple[ProfileField, ...]:
    """Return the fields in use, in their order. Another process sees a change within ten seconds."""
    if time.monotonic() - _Memory.read_at > REMEMBERED_SECONDS:
        remember_fields(ProfileField.objects.filter(is_active=True))
    return _Memory.fields


def remember_fields(fields: Iterable[ProfileField]) -> None:
    """Keep the fields in use."""
    _Memory.fields = tuple(fields)
    _Memory.version = max((field.asked_from for field in _Memory.fields), default=0)
    _Memory.read_at = time.monotonic()


def forget_fields() -> None:
    """Read the fields anew at the next occasion."""
    _Memory.read_at = float("-inf")


def asked_version() -> int:
    """Return the version of what is required of everyone: zero while nothing is."""
    fields_in_use()
    return _Memory.version


def owes_answers(member: Member) -> bool:
    """Whether something required was never asked of this member. Costs no statement."""
    return member.answered_version < asked_version()


def answers_of(member: Member) -> dict[str, Any]:
    """Return everything a member answered, by key, fields out of use included."""
    found = Profile.objects.filter(pk=member.pk).values_list("answers", flat=True).first()
    return dict(found or {})


def fields_for_form(actor: Member, member: Member) -> list[ProfileField]:
    """Return the fields `actor` may fill in for `member`."""
    return [field for field in fields_in_use() if may_fill(actor, member, field)]


def fields_when_joining() -> list[ProfileField]:
    """Return what is asked of newcomers."""
    return [f for f in fields_in_use() if f.at_sign_up and f.filled_by == FilledBy.MEMBER]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as a page shows it."""

    key: str
    name: str
    kind: str
    value: Any
    href: str = ""

    @property
    def day(self) -> str:
        """The answer as a date in the reader's language."""
        return formats.date_format(dt.date.fromisoformat(str(self.value)), "DATE_FORMAT")

    @property
    def parts(self) -> list[str]:
        """The answer as a list of texts."""
        return list(self.value) if isinstance(self.value, list) else [str(self.value)]


def shown_answers(
    viewer: Member | None, member: Member, answers: Mapping[str, Any], *, card: bool = False
) -> list[Answer]:
    """Return what `viewer` may read of a member's answers; on a card only what is meant for it."""
    fields = [field for field in fields_in_use() if field.on_card or not card]
    return [
        Answer(field.key, field.name, field.kind, value, value if field.kind == FieldKind.LINK else "")
        for field, value in readable(viewer, member, fields, answers)
    ]


def get_field_for(actor: Member, key: str) -> ProfileField:
    """Return a field to be changed. Raises `NotFound` for whoever may not define fields."""
    field = ProfileField.objects.filter(key=key).first() if can_define_fields(actor) else None
    if field is None:
        raise NotFound()
    return field


def count_answers(field: ProfileField, choice: str | None = None) -> int:
    """Return how many members answered a field, or chose one of its choices."""
    rows = Profile.objects.filter(answers__has_key=field.key)
    if choice is not None:
        value = [choice] if field.kind == FieldKind.CHOICES else choice
        rows = Profile.objects.filter(answers__contains={field.key: value})
    return rows.count()
