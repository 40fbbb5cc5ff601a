"""What owners and members type about groups."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.groups.limits import WORDS_LENGTH


class AskForm(forms.Form):
    """A request to join."""

    words = forms.CharField(
        label=_("A word to its owners"), max_length=WORDS_LENGTH, required=False, widget=forms.TextInput()
    )


class InviteForm(forms.Form):
    """Whom to invite, as they stand behind the @."""

    handle = forms.CharField(label=_("Invite somebody"), max_length=40)


class DescriptionForm(forms.Form):
    """What a group is for."""

    description = forms.CharField(
        label=_("What this group is for"), max_length=1000, required=False, widget=forms.Textarea({"rows": 4})
    )
