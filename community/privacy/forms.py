"""What is typed about leaving, erasing and joining accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.privacy.limits import REASON_LENGTH

CHOICES = [
    ("keep", _("Keep what I wrote, without my name")),
    ("delete", _("Take what I wrote away as well")),
]


class EraseForm(forms.Form):
    """A member leaves for good."""

    posts = forms.ChoiceField(
        label=_("What becomes of your posts and messages?"),
        choices=CHOICES,
        initial="keep",
        widget=forms.RadioSelect,
        help_text=_("Without your name, answers go on helping others. Taken away, only their places stay."),
    )
    sure = forms.BooleanField(
        label=_("I want my account to be erased"),
        error_messages={"required": _("Tick this if you want your account to be erased.")},
    )


class AnonymiseForm(forms.Form):
    """The team erases a member."""

    posts = forms.ChoiceField(
        label=_("Posts and messages"),
        choices=[("keep", _("Keep them, without the name")), ("delete", _("Take them away as well"))],
        initial="keep",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        error_messages={"required": _("Say why. The log keeps it.")},
    )


class MergeForm(forms.Form):
    """The team makes one account part of another."""

    into = forms.CharField(label=_("Handle of the account that stays"), max_length=31)
    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        error_messages={"required": _("Say why. The log keeps it.")},
    )
