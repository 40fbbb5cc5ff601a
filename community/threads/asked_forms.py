"""The fields of a space in the composer, and as a form of their own. Their rules are the action's; this is their shape."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from community.spaces.asking.answers import PREFIX
from community.spaces.models import FieldKind, SpaceField


def _line(field: SpaceField) -> forms.Field:
    return forms.CharField(
        widget=forms.TextInput(attrs={"maxlength": 200, "dir": "auto", "autocomplete": "off"})
    )


def _one(field: SpaceField) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("Choose …")), *((one, one) for one in field.options)])


def _some(field: SpaceField) -> forms.Field:
    choices = [(one, one) for one in field.options]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)


def _number(field: SpaceField) -> forms.Field:
    return forms.CharField(widget=forms.TextInput(attrs={"maxlength": 30, "inputmode": "decimal"}))


def _date(field: SpaceField) -> forms.Field:
    return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _link(field: SpaceField) -> forms.Field:
    return forms.CharField(widget=forms.URLInput(attrs={"maxlength": 300}))


_SHAPES: dict[str, Callable[[SpaceField], forms.Field]] = {
    FieldKind.TEXT: _line,
    FieldKind.CHOICE: _one,
    FieldKind.CHOICES: _some,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.LINK: _link,
}


def add_asked(form: forms.Form, fields: Sequence[SpaceField]) -> None:
    """Add what a space asks to a form, under names that no other field has."""
    for asked in fields:
        field = _SHAPES[asked.kind](asked)
        field.required = False
        # "(if you like)" stands beside what is not needed.
        field.label = asked.label
        hints = [asked.hint, _("Only the team and you see this.") if asked.for_team else ""]
        field.help_text = " ".join(filter(None, hints))
        form.fields[PREFIX + asked.key] = field


def typed_into(values: dict[str, Any]) -> dict[str, Any]:
    """Take the answers out of what was typed into a form, by their keys."""
    names = [name for name in values if name.startswith(PREFIX)]
    return {name.removeprefix(PREFIX): values.pop(name) for name in names}


class DetailsForm(forms.Form):
    """The answers alone."""

    def __init__(self, *args: Any, fields: Sequence[SpaceField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_asked(self, fields)
