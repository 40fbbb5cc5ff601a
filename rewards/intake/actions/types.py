"""Declaring and changing types of events."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from rewards.intake import limits
from rewards.intake.models import EventType
from rewards.intake.permissions import can_change_types
from rewards.intake.verbs import EVENT_TYPE_CHANGED

TYPE_FIELDS = (
    "said",
    "amount",
    "quantity",
    "attributes",
    "undoes",
    "oldest_days",
    "ahead_minutes",
    "is_open",
)


@transaction.atomic
def declare_event_type(*, actor: Member, key: str, values: Mapping[str, Any]) -> EventType:
    """Let the brand's systems send events of a new type (values by `TYPE_FIELDS`). Raises `Refused` or `Invalid`."""
    can_change_types(actor).require()
    limits.CHANGE_TYPES.spend(actor)
    row = EventType(key=key, changed_by=actor, **values)
    if EventType.objects.filter(key=key).exists():
        sentence = _("There is a type with this key already.")
        raise Invalid("key_taken", sentence, fields={"key": sentence})
    _check(row)
    row.save()
    _record(actor, row, before={}, after=dict(values))
    return row


@transaction.atomic
def change_event_type(*, actor: Member, kind: EventType, changes: Mapping[str, Any]) -> EventType:
    """Change a type (keys from `TYPE_FIELDS`). What was taken in stays as it is. Raises `Refused` or `Invalid`."""
    can_change_types(actor).require()
    limits.CHANGE_TYPES.spend(actor)
    unknown = set(changes) - set(TYPE_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a type of events: {sorted(unknown)}")
    row = EventType.objects.select_for_update().get(pk=kind.pk)
    differing = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not differing:
        return row
    if "undoes" in differing and row.events.exists():
        sentence = _("Events of this type came already. Declare another type.")
        raise Invalid("type_in_use", sentence, fields={"undoes": sentence})
    before = {name: getattr(row, name) for name in differing}
    for name, value in differing.items():
        setattr(row, name, value)
    row.changed_at, row.changed_by = timezone.now(), actor
    _check(row)
    row.save(update_fields=[*differing, "changed_at", "changed_by"])
    _record(actor, row, before=before, after=differing)
    return row


def _check(row: EventType) -> None:
    try:
        row.clean_fields()
    except ValidationError as error:
        fields = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
        raise Invalid("type_unusable", _("Some fields need another look."), fields=fields) from error


def _record(actor: Member, row: EventType, *, before: dict[str, Any], after: dict[str, Any]) -> None:
    payload = {"key": row.key, "before": before, "after": after}
    record(EVENT_TYPE_CHANGED, actor=actor, target=row, payload=payload)
