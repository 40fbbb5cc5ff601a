"""What is typed to thank somebody, to make a shout-out and to pin one."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.errors import NotFound
from community.members.models import Member
from community.members.queries import get_member_for
from rewards.praise.limits import LONGEST_PIN
from rewards.praise.models import MOST_NAMED, MOST_SHOUT, MOST_WORDS


class ThanksForm(forms.Form):
    """Whom one thanks, what for, and in which words."""

    handle = forms.CharField(
        label=gettext_lazy("Whom you thank"),
        max_length=31,
        help_text=gettext_lazy("Their handle, like @maya."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What for"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what your thanks are for.")},
    )
    words = forms.CharField(
        label=gettext_lazy("In a sentence"),
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Say in a sentence what they did.")},
    )

    def __init__(
        self, *args: Any, kinds: Sequence[tuple[str, str]], known: Member | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        if known is not None:
            self.fields["handle"].widget = forms.HiddenInput()

    def clean_handle(self) -> str:
        """Return the handle without the sign before it."""
        return str(self.cleaned_data["handle"]).lstrip("@").strip()


class RemovalForm(forms.Form):
    """Why the team removes thanks."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("Whoever gave them reads it."),
        widget=forms.Textarea({"rows": 2}),
    )


def _day_field() -> forms.DateField:
    return forms.DateField(
        label=gettext_lazy("Pinned until the end of"),
        required=False,
        help_text=gettext_lazy("Left empty, it is not pinned."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class PinForm(forms.Form):
    """Until which day a shout-out stands on top."""

    pinned_until = _day_field()

    def until(self) -> dt.datetime | None:
        """Return the end of the chosen day, where whoever chose it is; None for no pin."""
        day = self.cleaned_data.get("pinned_until")
        return end_of(day) if day else None


class ShoutForm(PinForm):
    """Whom the team thanks, in which words, and how long it is pinned."""

    members = forms.CharField(
        label=gettext_lazy("Whom the team thanks"),
        max_length=400,
        help_text=gettext_lazy("Handles, like @maya @tomasz. They get it by e-mail, too."),
    )
    words = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=MOST_SHOUT,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Everyone reads it."),
    )
    field_order = ("members", "words", "pinned_until")

    def __init__(self, *args: Any, actor: Member, **more: Any) -> None:
        super().__init__(*args, **more)
        self.actor = actor
        span = LONGEST_PIN.unit.say(LONGEST_PIN())
        self.fields["pinned_until"].help_text = _("Left empty, it is not pinned. At most %(span)s.") % {
            "span": span
        }

    def clean_members(self) -> list[Member]:
        """Return who is named. Whoever cannot be found is named in the refusal."""
        handles = str(self.cleaned_data["members"]).replace(",", " ").replace("@", " ").split()
        found, missing = [], []
        for handle in list(dict.fromkeys(handles))[: MOST_NAMED + 1]:
            try:
                found.append(get_member_for(self.actor, handle))
            except NotFound:
                missing.append(handle)
        if missing:
            raise forms.ValidationError(
                _("Nobody has this handle: %(names)s") % {"names": ", ".join(missing)}
            )
        return found


def end_of(day: dt.date) -> dt.datetime:
    """Return the last moment of a day in the time zone of the reader."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59, 59)))
