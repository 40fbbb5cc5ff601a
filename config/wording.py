"""What a field says when it cannot be used, in our words: blameless, and with the way to mend it."""

from typing import Any

from django import forms
from django.core.validators import (
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    validate_email,
)
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill this in.")},
    forms.CharField: {"required": _("Write something here.")},
    forms.ChoiceField: {
        "required": _("Choose one."),
        "invalid_choice": _("Choose one of the answers offered."),
    },
    forms.MultipleChoiceField: {"required": _("Choose at least one.")},
    forms.BooleanField: {"required": _("Tick this to go on.")},
    forms.IntegerField: {"required": _("Write a whole number."), "invalid": _("Write a whole number.")},
    forms.DateField: {"invalid": _("Write a date, for example 2026-05-31.")},
    forms.URLField: {"invalid": _("Write a whole address, for example https://example.org.")},
    forms.FileField: {"required": _("Choose a file.")},
}


def speak_plainly() -> None:
    """Give Django's own form fields our sentences. A form that says it better for its field still wins."""
    for field, sentences in SENTENCES.items():
        # A new dict each: a class that has none of its own would otherwise write into its parent's.
        field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **sentences}
    MaxLengthValidator.message = _("Use at most %(limit_value)d characters; this has %(show_value)d.")
    MaxValueValidator.message = _("Write a number of at most %(limit_value)s.")
    MinValueValidator.message = _("Write a number of at least %(limit_value)s.")
    validate_email.message = _("Write a whole e-mail address, for example name@example.org.")
