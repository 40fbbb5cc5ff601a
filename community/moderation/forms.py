"""What is typed when reporting."""

from typing import Any

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
    take_action = forms.BooleanField(
        label=_("Hide it at once, until it is decided"),
        required=False,
        help_text=_("Its author is told, and that the team decides."),
    )

    def __init__(self, *args: Any, is_team: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_team:
            del self.fields["take_action"]
