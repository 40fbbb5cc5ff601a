"""What managers type about watched words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.moderation.models import WordAction
from community.moderation.words.actions import LONGEST_LIST

_FIELD = (
    "border border-base-200 bg-white px-3 py-2 rounded-default w-full dark:bg-base-900 dark:border-base-700"
)
TITLE_MOST, BODY_MOST = 255, 8_000


class TryForm(forms.Form):
    """A text to try the list on."""

    title = forms.CharField(
        label=_("A title"),
        required=False,
        max_length=TITLE_MOST,
        widget=forms.TextInput(attrs={"class": _FIELD, "dir": "auto"}),
    )
    body = forms.CharField(
        label=_("A text"),
        required=False,
        max_length=BODY_MOST,
        widget=forms.Textarea(attrs={"class": _FIELD, "rows": 6, "dir": "auto"}),
    )


class ListForm(forms.Form):
    """Words to bring in at once."""

    text = forms.CharField(
        label=_("The list"),
        max_length=LONGEST_LIST,
        help_text=_("One word in each line, or a table saved from here."),
        widget=forms.Textarea(attrs={"class": _FIELD, "rows": 8, "dir": "auto"}),
        error_messages={"required": _("Put a word in each line.")},
    )
    action = forms.ChoiceField(
        label=_("What happens to a text that has one of them"),
        choices=[
            choice
            for choice in WordAction.choices
            if choice[0] in (WordAction.BLOCK, WordAction.HOLD, WordAction.CENSOR)
        ],
        initial=WordAction.HOLD.value,
        widget=forms.Select(attrs={"class": _FIELD}),
    )
