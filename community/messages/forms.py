"""What members type: shape only. Whether it may be sent is the actions' business."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.messages import limits
from community.messages.models import TITLE_LENGTH

_BODY = {"rows": 5, "dir": "auto"}


class RecipientsField(forms.CharField):
    """Handles between commas."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=400,
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "dir": "ltr"}),
            **kwargs,
        )


class MessageForm(forms.Form):
    """Something to say in a conversation."""

    body = forms.CharField(
        label=_("Your message"),
        max_length=limits.BODY_MAX,
        widget=forms.Textarea(attrs=_BODY),
        error_messages={"required": _("Write what you want to say.")},
    )
    # How far the page showed the conversation, so that a fragment brings exactly what is new.
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class BeginForm(forms.Form):
    """A first message, and to whom."""

    to = RecipientsField(
        label=_("To"),
        help_text=_("Names as they stand behind the @, with commas between them."),
        error_messages={"required": _("Say to whom you write.")},
    )
    title = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=TITLE_LENGTH,
        help_text=_("For conversations with several people."),
    )
    body = forms.CharField(
        label=_("Your message"),
        max_length=limits.BODY_MAX,
        widget=forms.Textarea(attrs=_BODY),
        error_messages={"required": _("Write what you want to say.")},
    )


class EditForm(forms.Form):
    """Another text for a message."""

    body = forms.CharField(
        label=_("Your message"),
        max_length=limits.BODY_MAX,
        widget=forms.Textarea(attrs=_BODY),
        error_messages={"required": _("Write what you want to say.")},
    )
    expected_edit_count = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)


class AddForm(forms.Form):
    """Whom to add to a group."""

    to = RecipientsField(
        label=_("Add people"),
        help_text=_("They read what is written from now on."),
        error_messages={"required": _("Say whom to add.")},
    )


class TitleForm(forms.Form):
    """What a group is called."""

    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=TITLE_LENGTH,
        help_text=_("Empty: it is called by who is in it."),
    )
