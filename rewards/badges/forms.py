"""Choosing which badges stand first, and proposing others for one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rewards.badges.limits import WORDS_LENGTH
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


class ProposalForm(forms.Form):
    """Whom one proposes for a badge, and why."""

    handle = forms.CharField(
        label=gettext_lazy("Whom you propose"),
        max_length=31,
        help_text=gettext_lazy("Their handle, like @maya."),
    )
    words = forms.CharField(
        label=gettext_lazy("What they did"),
        max_length=WORDS_LENGTH,
        help_text=gettext_lazy("In a sentence. If they get the badge, everyone may read it."),
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_handle(self) -> str:
        """Return the handle without the sign before it."""
        return str(self.cleaned_data["handle"]).lstrip("@").strip()

    def refuse(self, sentences: Mapping[str, str]) -> None:
        """Put the sentences of the action where they belong."""
        for name, sentence in sentences.items():
            self.add_error(name if name in self.fields else None, sentence)
