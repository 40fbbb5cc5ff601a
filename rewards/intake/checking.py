"""Whether what was sent can be an event of its type. Every refusal has a stable code and names its field."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from community.errors import Invalid
from rewards.intake.limits import LARGEST_AMOUNT, LARGEST_NUMBER, LONGEST_TEXT
from rewards.intake.models import EventType, FieldKind, NamedBy, Need

_SOURCE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class Sent:
    """An event as a system of the brand tells it. `who` is what `named_by` says: a number, a digest, a handle."""

    source: str
    event_id: str
    type: str
    occurred_at: dt.datetime
    named_by: str = NamedBy.ORIGINAL.value
    who: str = ""
    amount: int | None = None
    currency: str = ""
    quantity: int | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    original: str = ""

    def digest(self) -> str:
        """Return what two tellings of the same event have in common, and those of different ones have not."""
        said = [
            self.type,
            self.occurred_at.astimezone(dt.UTC).isoformat(),
            self.named_by,
            self.who,
            self.amount,
            self.currency,
            self.quantity,
            sorted(self.attributes.items()),
            self.original,
        ]
        return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def check_named(sent: Sent) -> None:
    """Raise `Invalid` unless the event can be told from others and its names can be kept."""
    if not _SOURCE.fullmatch(sent.source):
        raise wrong("source", "source_unusable", _("Small letters, digits and hyphens name a system."))
    if not 1 <= len(sent.event_id) <= LONGEST_ID or not sent.event_id.isprintable():
        raise wrong("id", "id_unusable", _("An id has 1 to 100 printable characters."))
    if sent.named_by == NamedBy.EMAIL and not _DIGEST.fullmatch(sent.who):
        said = _("Send the SHA-256 of the address in small letters, as 64 hexadecimal digits.")
        raise wrong("member", "member_unusable", said)
    if len(sent.who) > LONGEST_ID or not sent.who.isprintable():
        raise wrong("member", "member_unusable", _("This names no member."))
    for name, value in sent.attributes.items():
        if not isinstance(value, str | int) or (isinstance(value, str) and not _fits_text(value)):
            raise _wrong_attribute(name)


def check_event(sent: Sent, kind: EventType | None, now: dt.datetime) -> None:
    """Raise `Invalid` unless `sent` can be an event of its type, told now."""
    if kind is None or not kind.is_open:
        said = _("No type “%(type)s” is taken in. A manager declares it first.") % {"type": sent.type[:40]}
        raise wrong("type", "type_unknown", said)
    _check_time(sent, kind, now)
    _check_amount(sent, kind)
    _check_number(sent.quantity, kind.quantity, "quantity")
    _check_attributes(sent.attributes, kind.attributes)
    if kind.undoes and not sent.original:
        raise wrong("original", "original_needed", _("Say which event it takes back."))
    if not kind.undoes and sent.original:
        raise wrong("original", "field_unknown", _("Events of this type take nothing back."))
    if not kind.undoes and sent.named_by == NamedBy.ORIGINAL:
        raise wrong("member", "member_needed", _("Say whose event it is."))


def _check_time(sent: Sent, kind: EventType, now: dt.datetime) -> None:
    if sent.occurred_at < now - dt.timedelta(days=kind.oldest_days):
        said = _("Events of this type are taken in for %(n)s days.") % {"n": kind.oldest_days}
        raise wrong("occurred_at", "event_too_old", said)
    if sent.occurred_at > now + dt.timedelta(minutes=kind.ahead_minutes):
        raise wrong("occurred_at", "event_in_future", _("This lies in the future."))


def _check_amount(sent: Sent, kind: EventType) -> None:
    _check_number(sent.amount, kind.amount, "amount")
    if sent.amount is not None and not _CURRENCY.fullmatch(sent.currency):
        raise wrong("currency", "currency_unusable", _("A currency is three letters, such as EUR."))
    if sent.amount is None and sent.currency:
        raise wrong("amount", "amount_needed", _("A currency comes with an amount."))


def _check_number(number: int | None, need: str, name: str) -> None:
    if number is None:
        if need == Need.MUST:
            raise wrong(name, f"{name}_needed", _("Events of this type say how much."))
        return
    if need == Need.NO:
        raise wrong(name, "field_unknown", _("Events of this type do not carry this."))
    if type(number) is not int or not 0 <= number <= LARGEST_AMOUNT:
        raise wrong(name, f"{name}_unusable", _("A whole number from 0 to %(n)s.") % {"n": LARGEST_AMOUNT})


def _check_attributes(attributes: Mapping[str, Any], declared: list[dict[str, Any]]) -> None:
    kinds = {it["name"]: it for it in declared}
    for name, value in attributes.items():
        if name not in kinds:
            said = _("This type has no attribute “%(name)s”.") % {"name": name[:40]}
            raise wrong("attributes", "attribute_unknown", said)
        if not _fits(value, kinds[name]["kind"]):
            raise _wrong_attribute(name)
    for name, it in kinds.items():
        if it["required"] and name not in attributes:
            said = _("The attribute “%(name)s” has to be there.") % {"name": name}
            raise wrong("attributes", "attribute_needed", said)


def _fits(value: Any, kind: str) -> bool:
    if kind == FieldKind.FLAG:
        return type(value) is bool
    if kind == FieldKind.NUMBER:
        return type(value) is int and abs(value) <= LARGEST_NUMBER
    if type(value) is not str or not _fits_text(value):
        return False
    return kind == FieldKind.TEXT or _is_day(value)


def _fits_text(value: str) -> bool:
    return len(value) <= LONGEST_TEXT and (not value or value.isprintable())


def _is_day(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _wrong_attribute(name: str) -> Invalid:
    said = _("The attribute “%(name)s” has a value of another kind.") % {"name": name[:40]}
    return wrong("attributes", "attribute_unusable", said)


def wrong(name: str, code: str, sentence: str) -> Invalid:
    """Return the refusal of one field."""
    return Invalid(code, sentence, fields={name: sentence})
