"""Choosing which badges stand first."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rewards.badges.models import MOST_PINNED, Badge
from rewards.points.words import translated

_LABELS = (gettext_lazy("In first place"), gettext_lazy("In second place"), gettext_lazy("In third place"))


class PinsForm(forms.Form):
    """One choice for each place among the badges somebody holds. The action checks them; this draws and gathers them."""

    def __init__(self, held: Sequence[Badge], pinned: Sequence[str], data: Any = None) -> None:
        super().__init__(data, initial={f"place_{n}": key for n, key in enumerate(pinned, 1)})
        offered = [("", _("The newest"))] + [(badge.key, translated(badge.name)) for badge in held]
        for place, label in zip(range(1, MOST_PINNED + 1), _LABELS, strict=True):
            self.fields[f"place_{place}"] = forms.ChoiceField(choices=offered, required=False, label=label)

    def keys(self) -> list[str]:
        """Return what was chosen, in its order."""
        return [key for key in self.cleaned_data.values() if key]

    def refuse(self, sentences: Mapping[str, str]) -> None:
        """Put the sentences of the action above the form."""
        for sentence in sentences.values():
            self.add_error(None, sentence)
