"""What the team types when it keeps order: numbers of threads, moments, reasons."""

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from community.spaces.models import Kind, Space
from community.threads import limits
from community.threads.forms import SpaceField, TagsField
from community.threads.models import TimerKind

_MOMENT = "%Y-%m-%dT%H:%M"
_NUMBER = re.compile(r"(?:.*/t/)?(\d{1,18})(?:/.*)?", re.DOTALL)


class ThreadNumberField(forms.CharField):
    """The number or the address of a thread."""

    def clean(self, value: Any) -> int | None:
        """Return the number that was meant."""
        typed = super().clean(value).strip()
        if not typed:
            return None
        match = _NUMBER.fullmatch(typed)
        if match is None:
            raise forms.ValidationError(_("Write the number of the thread, or paste its address."))
        return int(match[1])


def reason_field(*, required: bool = False, hint: Any = "") -> forms.CharField:
    """A sentence that authors read."""
    return forms.CharField(
        label=_("Reason"),
        required=required,
        max_length=limits.REASON_LONG,
        help_text=hint,
        widget=forms.TextInput(attrs={"dir": "auto", "maxlength": limits.REASON_LONG}),
        error_messages={"required": _("Say why: the author is told.")},
    )


def moment_field(**more: Any) -> forms.DateTimeField:
    """A day and a time, as browsers offer it."""
    return forms.DateTimeField(
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        error_messages={"invalid": _("Choose a day and a time, or leave it empty.")},
        **more,
    )


class PinForm(forms.Form):
    """Where a pin is seen, and until when."""

    everywhere = forms.BooleanField(label=_("On top of all lists, not only of its space"), required=False)
    until = moment_field(label=_("Until"))


class SlowForm(forms.Form):
    """How long one member waits between two replies."""

    seconds = forms.TypedChoiceField(
        label=_("Between two replies of one member"),
        coerce=int,
        choices=(
            (0, _("No wait")),
            (30, _("30 seconds")),
            (60, _("1 minute")),
            (300, _("5 minutes")),
            (900, _("15 minutes")),
            (3600, _("1 hour")),
            (14_400, _("4 hours")),
            (86_400, _("1 day")),
        ),
    )


class TimerForm(forms.Form):
    """What happens by itself, and when."""

    kind = forms.ChoiceField(
        label=_("What happens"), choices=[choice for choice in TimerKind.choices if choice[0] != "remind"]
    )
    at = moment_field(label=_("At"))
    days = forms.IntegerField(
        label=_("Or so many days after the last reply"),
        required=False,
        min_value=1,
        max_value=3650,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    space = SpaceField(label=_("Space to publish it in"), required=False)

    def __init__(self, *args: Any, spaces: list[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("SpaceField", self.fields["space"])
        field.offer(spaces)
        field.choices = [("", _("None")), *((space.slug, space.name) for space in spaces)]


class ReminderForm(forms.Form):
    """When to be reminded."""

    at = moment_field(label=_("Remind me at"))


class MergeForm(forms.Form):
    """The thread that another one goes into."""

    into = ThreadNumberField(
        label=_("Into which thread?"),
        max_length=400,
        help_text=_("Its number or its address. That one keeps its title."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the number of the thread, or paste its address.")},
    )
    reason = reason_field(hint=_("Authors read it."))


class SplitForm(forms.Form):
    """Where posts that are split off go: a new thread with a title, or another thread."""

    title = forms.CharField(
        label=_("Title of the new thread"),
        required=False,
        max_length=255,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices)
    space = SpaceField(label=_("Space"))
    tags = TagsField(label=_("Topics"), required=False)
    into = ThreadNumberField(
        label=_("Or into another thread"),
        required=False,
        max_length=400,
        help_text=_("Its number or its address. Leave the title empty then."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = reason_field(hint=_("Authors read it."))

    def __init__(self, *args: Any, spaces: list[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("SpaceField", self.fields["space"]).offer(spaces)

    def clean(self) -> dict[str, Any]:
        """One of the two places, not both."""
        typed = super().clean() or {}
        if bool(typed.get("title")) == bool(typed.get("into")) and not self.errors:
            self.add_error("title", _("Give the new thread a title, or name another thread."))
        return typed


class JudgeForm(forms.Form):
    """Why a post is taken off."""

    reason = reason_field(required=True, hint=_("The author reads it."))


class PurgeForm(forms.Form):
    """Asked twice: once by opening the page, once by this."""

    reason = reason_field(required=True, hint=_("The log keeps it, and nothing of what was written."))
    sure = forms.BooleanField(
        label=_("I know that nobody can bring this back"),
        error_messages={"required": _("Tick this to delete it for good.")},
    )
