"""What members choose to hear: one question per kind, four answers and a tick for browsers; and when the digest comes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.notifications.models import FIRST_HOUR, LAST_HOUR, Choice, Rhythm, Weekday
from community.notifications.queries.choices import Chosen, chosen_by
from community.notifications.queries.digests import DigestChoice
from community.notifications.registry import GROUP_LABELS, Group, Kind, all_kinds

BOTH, DIGEST, SITE, NONE = "both", "digest", "site", "none"
ANSWERS = [
    (BOTH, _("E-mail")),
    (DIGEST, _("Digest")),
    (SITE, _("Site only")),
    (NONE, _("Off")),
]
# What each answer means on the site and by e-mail. Browsers are told apart from it.
MEANING: Mapping[str, tuple[Choice, Choice]] = {
    BOTH: (Choice.ON, Choice.SOON),
    DIGEST: (Choice.ON, Choice.DIGEST),
    SITE: (Choice.ON, Choice.OFF),
    NONE: (Choice.OFF, Choice.OFF),
}
# Names the question whether browsers are told of a kind.
PUSH = "push-"


class ChoicesForm(forms.Form):
    """A question per kind that may be switched off."""

    def __init__(self, data: Any = None, *, member: Member) -> None:
        super().__init__(data)
        self.kinds = offered_kinds(member)
        chosen = chosen_by(member)
        for kind in self.kinds:
            self.fields[kind.key] = forms.ChoiceField(
                label=str(kind.label),
                choices=ANSWERS,
                widget=forms.RadioSelect,
                initial=answer_for(chosen[kind.key]),
                error_messages={"required": _("Choose one for each kind.")},
            )
            self.fields[PUSH + kind.key] = forms.BooleanField(
                label=_("Browser"), required=False, initial=chosen[kind.key].push == Choice.ON
            )

    @property
    def groups(self) -> list[tuple[Any, list[tuple[BoundField, BoundField]]]]:
        """The questions under their headings: where, and whether browsers hear of it too."""
        grouped: dict[Group, list[tuple[BoundField, BoundField]]] = {}
        for kind in self.kinds:
            grouped.setdefault(kind.group, []).append((self[kind.key], self[PUSH + kind.key]))
        return [(GROUP_LABELS[group], fields) for group, fields in grouped.items()]

    @property
    def chosen(self) -> dict[str, Chosen]:
        """What was chosen anew. What was left as it stood goes on following its default."""
        changed = set(self.changed_data)
        chosen = {}
        for kind in self.kinds:
            site, email = MEANING[self.cleaned_data[kind.key]] if kind.key in changed else (None, None)
            told = push_choice(self.cleaned_data[PUSH + kind.key]) if PUSH + kind.key in changed else None
            if not changed.isdisjoint((kind.key, PUSH + kind.key)):
                chosen[kind.key] = Chosen(site, email, told)
        return chosen


def push_choice(on: bool) -> Choice:
    """Return what a tick for browsers stands for."""
    return Choice.ON if on else Choice.OFF


def offered_kinds(member: Member) -> list[Kind]:
    """Return the kinds a member may choose about: none that cannot be stopped, none for roles they do not have."""
    return [kind for kind in all_kinds() if not kind.is_fixed and member.is_at_least(kind.for_role)]


def answer_for(chosen: Chosen) -> str:
    """Return the answer that stands for a pair of choices."""
    if chosen.site == Choice.OFF:
        return NONE
    return {Choice.SOON: BOTH, Choice.DIGEST: DIGEST}.get(chosen.email or Choice.OFF, SITE)


class DigestForm(forms.Form):
    """When the digest comes."""

    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=Rhythm.choices,
        error_messages={"required": _("Choose how often."), "invalid_choice": _("Choose how often.")},
    )
    weekday = forms.TypedChoiceField(
        label=_("Day"),
        choices=Weekday.choices,
        coerce=int,
        help_text=_("Every month means the first of these days in the month."),
        error_messages={"required": _("Choose a day."), "invalid_choice": _("Choose a day.")},
    )
    hour = forms.TypedChoiceField(
        label=_("Hour"),
        choices=[(hour, f"{hour:02d}:00") for hour in range(FIRST_HOUR, LAST_HOUR + 1)],
        coerce=int,
        error_messages={"required": _("Choose an hour."), "invalid_choice": _("Choose an hour.")},
    )

    def __init__(self, data: Any = None, *, now: DigestChoice) -> None:
        initial = {"rhythm": now.rhythm, "weekday": now.weekday, "hour": now.hour}
        super().__init__(data, initial=initial, prefix="digest")
