"""What was typed, as it is kept: checked by the kind of its field."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import FieldKind, ProfileField
from community.writing.lines import ink, one_line

TEXT_LENGTH = 300
LINK_LENGTH = 300
_is_address = URLValidator(schemes=["http", "https"])


class Unusable(Exception):
    """An answer that cannot be kept, with a sentence why."""


def read_answers(
    fields: Mapping[str, ProfileField], typed: Mapping[str, Any], kept: Mapping[str, Any]
) -> dict[str, Any]:
    """Return typed answers as they are kept; None means no answer. Raises `Invalid` naming each that cannot be used.

    `kept` is what the member answered before: a choice that is no longer offered may stay with those who have it.
    """
    found, wrong = {}, {}
    for key, raw in typed.items():
        try:
            found[key] = read_answer(fields[key], raw, kept.get(key))
        except Unusable as error:
            wrong[key] = str(error)
    if wrong:
        raise Invalid("answers_unusable", _("Some answers need another look."), fields=wrong)
    return found


def read_answer(field: ProfileField, raw: Any, kept: Any = None) -> Any:
    """Return one answer as it is kept, or None for none. Raises `Unusable`."""
    if raw is None or raw == "" or raw == []:
        return None
    return _READERS[FieldKind(field.kind)](field, raw, kept)


def _text(field: ProfileField, raw: Any, kept: Any) -> str | None:
    line = one_line(_string(raw))
    if len(line) > TEXT_LENGTH:
        raise Unusable(_("Use at most %(n)d characters.") % {"n": TEXT_LENGTH})
    return line if ink(line) else None


def _choice(field: ProfileField, raw: Any, kept: Any) -> str:
    value = _string(raw)
    if value not in field.choices and not (value == kept and value in field.retired_choices):
        raise Unusable(_("Choose one of the options."))
    return value


def _choices(field: ProfileField, raw: Any, kept: Any) -> list[str] | None:
    if not isinstance(raw, list | tuple) or len(raw) > 200:
        raise Unusable(_("Choose some of the options."))
    had = kept if isinstance(kept, list) else []
    chosen = {_string(value) for value in raw}
    offered = [*field.choices, *(value for value in field.retired_choices if value in had)]
    if chosen - set(offered):
        raise Unusable(_("Choose some of the options."))
    return [value for value in offered if value in chosen] or None


def _date(field: ProfileField, raw: Any, kept: Any) -> str:
    if isinstance(raw, dt.date):
        return raw.isoformat()[:10]
    try:
        return dt.date.fromisoformat(_string(raw)[:10]).isoformat()
    except ValueError as error:
        raise Unusable(_("Enter a date such as 2024-05-31.")) from error


def _link(field: ProfileField, raw: Any, kept: Any) -> str:
    address = one_line(_string(raw))
    try:
        if len(address) > LINK_LENGTH:
            raise ValidationError("")
        _is_address(address)
        parts = urlsplit(address)
    except (ValidationError, ValueError) as error:
        raise Unusable(_("Enter a whole address, such as https://example.org.")) from error
    # An address with a password in it is a slip, and everybody would read it.
    if parts.username or parts.password:
        raise Unusable(_("Enter a whole address, such as https://example.org."))
    return address


def _string(raw: Any) -> str:
    if not isinstance(raw, str) or "\x00" in raw or len(raw) > 2000:
        raise Unusable(_("This is not an answer to the question."))
    return raw.strip()


_READERS = {
    FieldKind.TEXT: _text,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.DATE: _date,
    FieldKind.LINK: _link,
}
