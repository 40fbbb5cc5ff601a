"""From what was typed into the fields of a space to what a thread carries, and from there to what is shown."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import formats
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.spaces.asking import limits
from community.spaces.models import FieldKind, SpaceField
from community.writing.lines import one_line

PREFIX = "details."
_check_link = URLValidator(schemes=["http", "https"])
_LARGEST = 1e12


class Unusable(Exception):
    """An answer that cannot be taken, with the sentence that says why."""


class Fact(NamedTuple):
    """One answer as it is shown; `href` where it is a link."""

    label: str
    text: str
    href: str = ""


def checked_answers(fields: Sequence[SpaceField], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers as a thread carries them; what is not asked is ignored. Raises `Invalid` by `details.<key>`."""
    answers: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in fields:
        try:
            answer = _answer(field, typed.get(field.key))
        except Unusable as problem:
            wrong[PREFIX + field.key] = str(problem)
            continue
        if answer not in ("", [], None):
            answers[field.key] = answer
        elif field.is_required:
            wrong[PREFIX + field.key] = _("This space needs an answer here.")
    if wrong:
        raise Invalid("details_unusable", _("Some fields need another look."), fields=wrong)
    return answers


def _answer(field: SpaceField, typed: Any) -> Any:
    if field.kind == FieldKind.CHOICES:
        chosen = typed if isinstance(typed, list | tuple) else [typed] if typed else []
        return [_option(field, one) for one in dict.fromkeys(map(str, chosen))]
    if isinstance(typed, bool | list | tuple | dict):
        raise Unusable(_("Write one answer."))
    text = one_line(str(typed)) if typed is not None else ""
    if not text:
        return ""
    return _READERS[FieldKind(field.kind)](field, text)


def _option(field: SpaceField, text: str) -> str:
    if text not in field.options:
        raise Unusable(_("Choose one of the options."))
    return text


def _text(_field: SpaceField, text: str) -> str:
    if len(text) > limits.ANSWER_MAX:
        raise Unusable(_("There is room for 200 characters."))
    return text


def _number(_field: SpaceField, text: str) -> int | float:
    try:
        number = float(text.replace(",", ".")) if len(text) <= 30 else math.nan
    except ValueError:
        number = math.nan
    if not abs(number) <= _LARGEST:
        raise Unusable(_("Write a number, for example 12 or 3.5."))
    return int(number) if number == int(number) else number


def _date(_field: SpaceField, text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise Unusable(_("Write the date as year, month and day: 2026-05-31.")) from None


def _link(_field: SpaceField, text: str) -> str:
    try:
        if len(text) > limits.LINK_MAX:
            raise ValidationError("long")
        _check_link(text)
    except ValidationError:
        raise Unusable(_("Write the whole address, beginning with https://.")) from None
    return text


_READERS = {
    FieldKind.TEXT: _text,
    FieldKind.CHOICE: _option,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.LINK: _link,
}


def shown(kind: str, label: str, answer: Any) -> Fact:
    """Return an answer in the language of its reader."""
    if kind == FieldKind.CHOICES and isinstance(answer, list):
        return Fact(label, ", ".join(map(str, answer)))
    if kind == FieldKind.NUMBER and isinstance(answer, int | float):
        return Fact(label, str(formats.number_format(answer)))
    if kind == FieldKind.DATE:
        return Fact(label, formats.date_format(dt.date.fromisoformat(str(answer)), "DATE_FORMAT"))
    if kind == FieldKind.LINK:
        return Fact(label, str(answer).partition("://")[2].rstrip("/"), str(answer))
    return Fact(label, str(answer))


def wanted(fields: Sequence[SpaceField], asked: Mapping[str, str]) -> dict[str, Any]:
    """Return what threads must carry to pass a filter by choices. Answers for the team, and other kinds, filter nothing."""
    found: dict[str, Any] = {}
    for field in fields:
        value = asked.get(field.key, "")
        if value in field.options and field.has_options and not field.for_team:
            found[field.key] = [value] if field.kind == FieldKind.CHOICES else value
    return found
