"""What the brand's systems send and get, field by field."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from community.rest.inputs import In, Out
from rewards.intake.checking import Sent, wrong
from rewards.intake.models import FieldKind, NamedBy, Need

EXAMPLE_EVENT = OpenApiExample(
    "An order",
    value={
        "source": "shop",
        "id": "1001",
        "type": "order.placed",
        "occurred_at": "2026-03-12T09:30:00Z",
        "member": {"customer": "C-4711"},
        "amount": 34990,
        "currency": "EUR",
        "quantity": 2,
        "attributes": {"channel": "web"},
    },
    request_only=True,
)
EXAMPLE_REFUND = OpenApiExample(
    "A part of it comes back",
    value={
        "source": "shop",
        "id": "1001-R1",
        "type": "order.refunded",
        "occurred_at": "2026-03-15T11:00:00Z",
        "original": "1001",
        "amount": 12900,
        "currency": "EUR",
    },
    request_only=True,
)


class WhoIn(In):
    """Whose event it is: exactly one of these."""

    customer = serializers.CharField(
        required=False, max_length=100, help_text="Your customer number. Until it is linked, the event waits."
    )
    email_sha256 = serializers.CharField(
        required=False,
        max_length=64,
        help_text="SHA-256 of the address in small letters, as 64 hexadecimal digits. Until a member confirms it, the event waits.",
    )
    handle = serializers.CharField(required=False, max_length=60)
    id = serializers.IntegerField(required=False, min_value=1, help_text="The member's number.")


class BrandEventIn(In):
    """One event. Fields that are not named here, or not declared for its type, are refused."""

    source = serializers.CharField(  # type: ignore[assignment]
        required=False, default="shop", max_length=40, help_text="Which of your systems tells it."
    )
    id = serializers.CharField(max_length=100, help_text="Your own id, unique for the source.")
    type = serializers.CharField(max_length=40)
    occurred_at = serializers.DateTimeField()
    member = WhoIn(required=False, help_text="Not needed for what takes another event back.")
    amount = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=0, help_text="In minor units (cents)."
    )
    currency = serializers.CharField(required=False, default="", max_length=3, help_text="Such as EUR.")
    quantity = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0)
    attributes = serializers.DictField(
        required=False, default=dict, help_text="Texts, whole numbers, yes or no, days: as declared."
    )
    original = serializers.CharField(
        required=False, default="", max_length=100, help_text="The id of the event that this one takes back."
    )


_NAMES = {
    "customer": NamedBy.CUSTOMER,
    "email_sha256": NamedBy.EMAIL,
    "handle": NamedBy.HANDLE,
    "id": NamedBy.NUMBER,
}


def sent_of(data: Any) -> Sent:
    """Return what was sent. Raises `Invalid` or a validation error, each naming its fields."""
    if not isinstance(data, Mapping):
        raise wrong("event", "event_unusable", _("An event is an object with fields."))
    for name in data.keys() - BrandEventIn().fields.keys():
        raise wrong(str(name)[:40], "field_unknown", _("Events have no such field."))
    serializer = BrandEventIn(data=data)
    serializer.is_valid(raise_exception=True)
    typed = dict(serializer.validated_data)
    named_by, who = _who(data.get("member"), typed.pop("member", None))
    event_id, attributes = typed.pop("id"), dict(typed.pop("attributes"))
    return Sent(event_id=event_id, attributes=attributes, named_by=named_by, who=who, **typed)


def _who(sent: Any, typed: Mapping[str, Any] | None) -> tuple[str, str]:
    if typed is None:
        return NamedBy.ORIGINAL.value, ""
    if len(typed) != 1 or len(sent) != 1:
        said = _("Name the member by exactly one of: customer, email_sha256, handle, id.")
        raise wrong("member", "member_unusable", said)
    ((name, value),) = typed.items()
    who = str(value).lower() if name in ("email_sha256", "handle") else str(value)
    return _NAMES[name].value, who


class BrandEventOut(Out):
    """An event as it was taken in."""

    number = serializers.IntegerField(source="pk", help_text="Our number for it.")
    source = serializers.CharField()  # type: ignore[assignment]
    id = serializers.CharField(source="event_id")
    type = serializers.CharField(source="type.key")
    occurred_at = serializers.DateTimeField()
    member = serializers.SerializerMethodField(help_text="The handle; null while nobody is known.")
    is_waiting = serializers.BooleanField(help_text="Whether it waits for its member to join or be linked.")
    amount = serializers.IntegerField(allow_null=True)
    currency = serializers.CharField()
    quantity = serializers.IntegerField(allow_null=True)
    attributes = serializers.DictField()
    original = serializers.SerializerMethodField(help_text="The id of the event that it takes back.")
    received_at = serializers.DateTimeField()

    def get_member(self, event: Any) -> str | None:
        """Return the handle of whose it is."""
        return event.member.handle if event.member is not None else None

    def get_original(self, event: Any) -> str | None:
        """Return the id of the event that this one takes back."""
        return event.original.event_id if event.original is not None else None


class DeclaredIn(In):
    """An attribute that events of a type may carry."""

    name = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField(choices=FieldKind.choices)
    required = serializers.BooleanField(default=False)  # type: ignore[assignment]


class EventTypeIn(In):
    """What events of a type carry, and how they are said to members."""

    said = serializers.CharField(max_length=120, help_text="With {id}, {day}, {amount} or {quantity}.")
    amount = serializers.ChoiceField(choices=Need.choices, required=False)
    quantity = serializers.ChoiceField(choices=Need.choices, required=False)
    attributes = DeclaredIn(many=True, required=False)
    undoes = serializers.BooleanField(required=False)
    oldest_days = serializers.IntegerField(required=False, min_value=1, max_value=36_500)
    ahead_minutes = serializers.IntegerField(required=False, min_value=0, max_value=1440)
    is_open = serializers.BooleanField(required=False)


class DeclaredOut(Out):
    """An attribute that events of a type may carry."""

    name = serializers.CharField()
    kind = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]


class EventTypeOut(Out):
    """A type of event."""

    key = serializers.CharField()
    said = serializers.CharField()
    amount = serializers.ChoiceField(choices=Need.choices)
    quantity = serializers.ChoiceField(choices=Need.choices)
    attributes = DeclaredOut(many=True)
    undoes = serializers.BooleanField()
    oldest_days = serializers.IntegerField()
    ahead_minutes = serializers.IntegerField()
    is_open = serializers.BooleanField()
    changed_at = serializers.DateTimeField()
