"""From what was typed about a poll to what is stored, and the line of plain text that stands for it elsewhere."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.threads import limits
from community.threads.polls import Poll, PollResults
from community.writing.lines import ink, one_line

_SIGN = "\U0001f4ca"  # a bar chart: understood in every language, where a word would be in the writer's
_EXCERPT = 300


@dataclass(frozen=True, slots=True)
class PollSpec:
    """A poll as somebody wants it. `least` and `most` say how many options one may choose."""

    question: str
    options: tuple[str, ...]
    least: int = 1
    most: int = 1
    results: str = PollResults.ALWAYS.value
    shows_voters: bool = False
    closes_at: dt.datetime | None = None


def check_poll(spec: PollSpec) -> PollSpec:
    """Return the poll as it is stored. Raises `Invalid` with the field that needs another look."""
    question = one_line(spec.question)
    if ink(question) < limits.POLL_QUESTION_MIN:
        raise _unusable("poll_question_short", "question", _("Say what you want to know."))
    if len(question) > limits.POLL_QUESTION_MAX:
        text = _("The question of a poll has room for %(most)s characters.")
        raise _unusable("poll_question_long", "question", text % {"most": limits.POLL_QUESTION_MAX})
    options = _check_options(spec.options)
    _check_choices(spec, len(options))
    if spec.results not in PollResults.values:
        raise _unusable("poll_results_unknown", "results", _("Choose when the results are shown."))
    # The fields show minutes; seconds would make the same moment another one.
    closes_at = spec.closes_at.replace(second=0, microsecond=0) if spec.closes_at else None
    return replace(spec, question=question, options=options, closes_at=closes_at)


def check_closing(closes_at: dt.datetime | None) -> None:
    """Raise `Invalid` when a poll would close before anybody could vote, or in the far future."""
    if closes_at is None:
        return
    wait = closes_at - timezone.now()
    if not limits.POLL_SHORTEST - dt.timedelta(minutes=1) <= wait <= limits.POLL_LONGEST:
        raise _unusable(
            "poll_closes_when",
            "closes",
            _("Let the poll close at least five minutes from now, and within a year."),
        )


def _check_options(typed: Iterable[str]) -> tuple[str, ...]:
    options = tuple(text for line in typed if (text := one_line(line)))
    least, most = limits.POLL_OPTIONS_MIN, limits.POLL_OPTIONS_MAX
    if not least <= len(options) <= most:
        text = _("A poll needs %(least)s to %(most)s options, each on a line of its own.")
        raise _unusable("poll_options_count", "options", text % {"least": least, "most": most})
    if any(len(option) > limits.POLL_OPTION_MAX for option in options):
        text = _("An option has room for %(most)s characters.")
        raise _unusable("poll_option_long", "options", text % {"most": limits.POLL_OPTION_MAX})
    if len({option.casefold() for option in options}) < len(options):
        raise _unusable("poll_options_same", "options", _("Two of the options are the same. Keep one."))
    return options


def _check_choices(spec: PollSpec, count: int) -> None:
    if not 1 <= spec.least <= spec.most <= count:
        raise _unusable(
            "poll_choices_range",
            "most",
            _("Members choose at least one option and at most all of them."),
        )


def with_poll(excerpt: str, question: str) -> str:
    """Return the beginning of a text with its poll as a line of plain text, for lists, feeds and mail."""
    line = f"{_SIGN} {question}"
    return f"{excerpt[: _EXCERPT - len(line) - 1].rstrip()} {line}".lstrip()


def without_poll(excerpt: str) -> str:
    """Return what stood before `with_poll`."""
    return excerpt.partition(f"{_SIGN} ")[0].rstrip()


def spec_of(poll: Poll, options: Iterable[str]) -> PollSpec:
    """Return a stored poll as one that could be asked for."""
    return PollSpec(
        poll.question,
        tuple(options),
        poll.least,
        poll.most,
        poll.results,
        poll.shows_voters,
        poll.closes_at,
    )


def _unusable(code: str, field: str, message: str) -> Invalid:
    return Invalid(code, message, fields={f"poll_{field}": message})
