"""The fields of a poll, which stand in every form that writes a post. All empty: no poll."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.threads import limits
from community.threads.polling import PollSpec
from community.threads.polls import Poll, PollResults

_MOMENT = "%Y-%m-%dT%H:%M"
NAMES = (
    "poll_question",
    "poll_options",
    "poll_most",
    "poll_least",
    "poll_results",
    "poll_closes",
    "poll_voters",
)


class PollFields(forms.Form):
    """What a poll asks, in fields that work without script: one option a line."""

    poll_question = forms.CharField(
        label=_("What do you want to know?"),
        required=False,
        widget=forms.TextInput(attrs={"maxlength": limits.POLL_QUESTION_MAX, "dir": "auto"}),
    )
    poll_options = forms.CharField(
        label=_("Options, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    poll_least = forms.IntegerField(
        label=_("Choices, at least"),
        required=False,
        initial=1,
        min_value=1,
        max_value=limits.POLL_OPTIONS_MAX,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    poll_most = forms.IntegerField(
        label=_("Choices, at most"),
        required=False,
        initial=1,
        min_value=1,
        max_value=limits.POLL_OPTIONS_MAX,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    poll_results = forms.ChoiceField(
        label=_("When are the results shown?"), required=False, choices=PollResults.choices
    )
    poll_closes = forms.DateTimeField(
        label=_("Closes by itself"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        error_messages={"invalid": _("Choose a day and a time, or leave it empty.")},
    )
    poll_voters = forms.BooleanField(
        label=_("Show who voted for what"),
        required=False,
        help_text=_("Members see this before they vote. It cannot be switched on afterwards."),
    )

    @property
    def has_poll(self) -> bool:
        """Whether there is anything in the fields of the poll, to show them open."""
        if "poll_question" not in self.fields:
            return False
        return any(self[name].value() for name in ("poll_question", "poll_options")) or any(
            name in self.errors for name in NAMES
        )

    def spec(self) -> PollSpec | None:
        """Return the poll that was typed, or None."""
        typed = self.cleaned_data
        if "poll_question" not in self.fields:
            return None
        if not typed["poll_question"] and not typed["poll_options"].strip():
            return None
        least = typed["poll_least"] or 1
        return PollSpec(
            question=typed["poll_question"],
            options=tuple(typed["poll_options"].splitlines()),
            least=least,
            most=typed["poll_most"] or least,
            results=typed["poll_results"] or PollResults.ALWAYS.value,
            shows_voters=typed["poll_voters"],
            closes_at=typed["poll_closes"],
        )

    def without_poll(self) -> dict[str, Any]:
        """Return what was typed into the other fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in NAMES}

    def keep_poll(self, *, but: tuple[str, ...] = ()) -> None:
        """Let the fields of the poll show what is there, whatever is sent, but for some of them."""
        for name in NAMES:
            self.fields[name].disabled = name not in but

    def drop_poll(self) -> None:
        """Do without a poll."""
        for name in NAMES:
            del self.fields[name]


def poll_as_written(poll: Poll) -> dict[str, Any]:
    """Return a poll as its fields show it."""
    return {
        "poll_question": poll.question,
        "poll_options": "\n".join(option.text for option in poll.options.all()),
        "poll_least": poll.least,
        "poll_most": poll.most,
        "poll_results": poll.results,
        "poll_closes": poll.closes_at,
        "poll_voters": poll.shows_voters,
    }
