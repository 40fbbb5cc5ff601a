"""What members choose about rituals."""

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rewards.rituals.models import RitualChoices


class ChoicesForm(forms.ModelForm):
    """Whether weeks are counted, and shown to others."""

    class Meta:
        model = RitualChoices
        fields = ["counts_streak", "shows_streak"]


class BirthdayForm(forms.Form):
    """A day and a month, without a year. Whether there is such a day the action says."""

    day = forms.IntegerField(label=gettext_lazy("Day"), required=False)
    month = forms.TypedChoiceField(label=gettext_lazy("Month"), required=False, coerce=int, empty_value=None)
    shows_birthday = forms.BooleanField(
        label=gettext_lazy("Members may see it on my profile"),
        required=False,
        help_text=gettext_lazy("Off, it is between you and us. Nobody is ever asked for a year."),
    )

    def __init__(self, data: object = None, *, choices: RitualChoices) -> None:
        initial = {
            "day": choices.birth_day,
            "month": choices.birth_month,
            "shows_birthday": choices.shows_birthday,
        }
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        month = self.fields["month"]
        assert isinstance(month, forms.TypedChoiceField)
        month.choices = [("", _("Not chosen")), *((number, str(name)) for number, name in MONTHS.items())]
