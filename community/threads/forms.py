"""What members type: shape only. Whether it may be posted is the actions' business."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from community.errors import DomainError
from community.spaces.models import GATHERED, Kind, Space
from community.spaces.models import SpaceField as SpaceAsks
from community.threads import limits
from community.threads.asked_forms import add_asked, typed_into
from community.threads.poll_forms import PollFields
from community.typed import SumWanted

_BODY = {"rows": 8, "dir": "auto"}


class ReplyForm(forms.Form):
    """A reply to a thread, or to a certain post of it."""

    # Fields that only newcomers' forms carry (`community.typed`).
    traps = ""
    asks_sum = False

    body = forms.CharField(
        label=_("Your reply"),
        max_length=limits.BODY_MAX,
        widget=forms.Textarea(attrs=_BODY),
        error_messages={"required": _("Write what you want to say.")},
    )
    reply_to = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    # How far the page showed the thread, so that a fragment brings exactly what is new.
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class LongReplyForm(PollFields, ReplyForm):
    """A reply on a page of its own, with room for a poll."""


class TagsField(forms.CharField):
    """Topics between commas."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Return the words as typed."""
        return [word.strip() for word in (super().to_python(value) or "").split(",") if word.strip()]

    def prepare_value(self, value: Any) -> Any:
        """Show a list as it is typed."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as typed."""
        return bool(self.to_python(self.prepare_value(initial)) != self.to_python(data))


class SpaceField(forms.ChoiceField):
    """One of the spaces offered, which were read already: neither its options nor its answer are read again."""

    def offer(self, spaces: list[Space]) -> None:
        """Let one of `spaces` be chosen by its address."""
        self.offered = {space.slug: space for space in spaces}
        self.choices = [(space.slug, space.name) for space in spaces]

    def clean(self, value: Any) -> Space | None:
        """Return the space that was chosen."""
        return self.offered.get(super().clean(value))


class ThreadForm(PollFields):
    """A new thread."""

    traps = ""
    asks_sum = False

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is.")},
    )
    title = forms.CharField(
        label=_("Title"),
        widget=forms.Textarea(attrs={"rows": 1, "maxlength": 255, "dir": "auto", "data-one-line": ""}),
        error_messages={"required": _("Write it in one sentence.")},
    )
    body = forms.CharField(
        label=_("The details"),
        widget=forms.Textarea(attrs=_BODY),
        error_messages={"required": _("Write what you want to say.")},
    )
    space = SpaceField(
        label=_("Space"),
        error_messages={
            "required": _("Choose where it belongs."),
            "invalid_choice": _("Choose a space from the list."),
        },
    )
    tags = TagsField(
        label=_("Topics"),
        required=False,
        help_text=_("Up to five, with commas between them."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 220}),
    )

    def __init__(
        self, *args: Any, spaces: list[Space], asked: Sequence[SpaceAsks] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        add_asked(self, asked)
        self.fields["kind"].choices = Kind.choices  # type: ignore[attr-defined]
        cast("SpaceField", self.fields["space"]).offer(spaces)

    def thread(self) -> dict[str, Any]:
        """Return what was typed, as `start_thread` takes it."""
        values = self.without_poll()
        return {"details": typed_into(values), **values}

    def clean(self) -> dict[str, Any]:
        """Where another space was chosen than the page was opened for, what is begun is what that one holds."""
        values = super().clean() or self.cleaned_data
        space = values.get("space")
        if space is not None and (space.kind in GATHERED or values.get("kind") in GATHERED):
            values["kind"] = space.kind
        return values


class EditForm(PollFields):
    """Another text for a post; the first post of a thread carries its title and topics too."""

    title = forms.CharField(
        label=_("Title"),
        widget=forms.Textarea(attrs={"rows": 1, "maxlength": 255, "dir": "auto", "data-one-line": ""}),
        error_messages={"required": _("Write it in one sentence.")},
    )
    body = forms.CharField(
        label=_("The text"),
        widget=forms.Textarea(attrs=_BODY),
        error_messages={"required": _("Write what you want to say.")},
    )
    tags = TagsField(
        label=_("Topics"),
        required=False,
        help_text=_("Up to five, with commas between them."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 220}),
    )
    reason = forms.CharField(
        label=_("What changed, in a few words"),
        required=False,
        max_length=limits.REASON_MAX,
        help_text=_("Shown in the history of this post."),
    )
    expected_edit_count = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll_note = ""
        if not is_first:
            del self.fields["title"], self.fields["tags"]


class MissingForm(forms.Form):
    """What a question is missing."""

    missing = forms.CharField(
        label=_("What is missing?"),
        max_length=limits.MISSING_MAX,
        help_text=_("One sentence the asker can answer, for example: which model is it, and since when?"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "maxlength": limits.MISSING_MAX}),
        error_messages={"required": _("Say in a sentence what is missing, so that it can be added.")},
    )


class TitleForm(forms.Form):
    """Another title and other topics for a thread."""

    title = forms.CharField(label=_("Title"), max_length=255)
    tags = TagsField(label=_("Topics"), required=False, help_text=_("With commas between them."))


class MoveForm(forms.Form):
    """Another space for a thread."""

    space = SpaceField(label=_("Move it to"))
    tags = TagsField(
        label=_("Topics"),
        required=False,
        help_text=_("Some spaces ask for one of theirs. With commas between them."),
    )

    def __init__(self, *args: Any, spaces: list[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("SpaceField", self.fields["space"]).offer(spaces)


def add_refusal(form: forms.Form, error: DomainError) -> None:
    """Put the sentences of a refusal beside the fields they speak of; others stand above the form."""
    placed = {name: text for name, text in error.fields.items() if name in form.fields}
    if isinstance(error, SumWanted):
        form.asks_sum = True  # type: ignore[attr-defined]
    for name, text in placed.items():
        form.add_error(name, text)
    if not placed:
        form.add_error(None, error.message)
