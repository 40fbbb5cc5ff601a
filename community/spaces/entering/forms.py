"""What is typed at a door."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.spaces.entering.limits import WORDS_LENGTH


class EntryForm(forms.Form):
    """A request to be let in."""

    words = forms.CharField(
        label=_("Why you would like to come in"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )
