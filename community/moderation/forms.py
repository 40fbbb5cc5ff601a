"""What is typed when reporting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.moderation import limits
from community.moderation.models import Reason


class ReportForm(forms.Form):
    """Why a post is reported."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    note = forms.CharField(
        label=_("Anything the team should know"),
        required=False,
        max_length=limits.NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the team reads this."),
    )
