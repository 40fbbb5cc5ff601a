"""What is typed when reporting and deciding."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.moderation import limits
from community.moderation.case_kinds import CaseKind
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


class DecisionForm(forms.Form):
    """What staff decide about a case: what its kind offers."""

    decision = forms.ChoiceField(
        label=_("What should happen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what should happen.")},
    )
    reason = forms.CharField(
        label=_("Reason, told to the author"), required=False, max_length=limits.REASON_LENGTH
    )
    days = forms.IntegerField(
        label=_("Days, for a pause"), required=False, min_value=1, max_value=limits.LONGEST_DAYS
    )

    def __init__(self, *args: Any, kind: CaseKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [(c.name, c.label) for c in kind.choices]  # type: ignore[attr-defined]
        if not any(choice.takes_days for choice in kind.choices):
            del self.fields["days"]
