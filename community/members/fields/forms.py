"""Forms made of the brand's own fields."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.fields.values import LINK_LENGTH, TEXT_LENGTH
from community.members.models import FieldKind, ProfileField

# So that a field of the brand never meets one of ours by name.
PREFIX = "field_"


class AnswersForm(forms.Form):
    """What a member says about themselves, field by field. The action checks the answers; this draws and gathers them."""

    def __init__(
        self, fields: Iterable[ProfileField], data: Any = None, answers: Mapping[str, Any] | None = None
    ) -> None:
        kept = dict(answers or {})
        super().__init__(data, initial={f"{PREFIX}{key}": value for key, value in kept.items()})
        for field in fields:
            self.fields[f"{PREFIX}{field.key}"] = form_field(field, kept.get(field.key))

    def typed(self) -> dict[str, Any]:
        """Return the answers by key, as the action takes them."""
        return typed_answers(self.cleaned_data)

    def refuse(self, sentences: Mapping[str, str]) -> None:
        """Put the action's sentences beside the fields they are about."""
        refuse_answers(self, sentences)


def typed_answers(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers among what a form gathered, by key."""
    return {name.removeprefix(PREFIX): value for name, value in cleaned.items() if name.startswith(PREFIX)}


def refuse_answers(form: forms.Form, sentences: Mapping[str, str]) -> None:
    """Put sentences beside the fields they are about, or above the form."""
    for key, sentence in sentences.items():
        name = f"{PREFIX}{key}"
        form.add_error(name if name in form.fields else None, sentence)


def form_field(field: ProfileField, kept: Any = None) -> forms.Field:
    """Return the form's field for a field of the brand. A choice no longer offered is there for whoever has it."""
    common: dict[str, Any] = {
        "label": field.name,
        "help_text": field.help_text,
        "required": field.is_required,
        "error_messages": {"required": _("Answer this one.")},
    }
    had = kept if isinstance(kept, list) else [kept]
    offered = [(c, c) for c in [*field.choices, *(r for r in field.retired_choices if r in had)]]
    if field.kind == FieldKind.CHOICE:
        return forms.ChoiceField(choices=[("", _("No answer")), *offered], **common)
    if field.kind == FieldKind.CHOICES:
        return forms.MultipleChoiceField(choices=offered, widget=forms.CheckboxSelectMultiple, **common)
    if field.kind == FieldKind.DATE:
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)
    if field.kind == FieldKind.LINK:
        widget = forms.URLInput(attrs={"placeholder": "https://"})
        return forms.CharField(max_length=LINK_LENGTH, widget=widget, **common)
    return forms.CharField(max_length=TEXT_LENGTH, **common)
