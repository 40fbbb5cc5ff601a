"""The marks of each level, and what they are called. A mark compares one fact of a member with one number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy, ngettext

from community.members.trust import limits
from community.numbers.number import Number

LATELY = "_lately"
NAMES = (
    gettext_lazy("Newcomer"),
    gettext_lazy("Basic"),
    gettext_lazy("Member"),
    gettext_lazy("Regular"),
    gettext_lazy("Leader"),
)
HIGHEST = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: at least `number` of `fact`. A fact of its own window ends in `_lately`."""

    level: int
    fact: str
    number: Number

    def missing(self, facts: Mapping[str, int], percent: int = 100) -> int:
        """Return how much of the mark (or of a share of it) is missing."""
        return max(0, -(-self.number() * percent // 100) - facts.get(self.fact, 0))

    @property
    def is_lately(self) -> bool:
        """Whether it looks back over the window of the third level."""
        return self.fact.endswith(LATELY)


MARKS = (
    Mark(1, "threads", limits.THREADS_1),
    Mark(1, "posts", limits.POSTS_1),
    Mark(1, "minutes", limits.MINUTES_1),
    Mark(2, "threads", limits.THREADS_2),
    Mark(2, "posts", limits.POSTS_2),
    Mark(2, "minutes", limits.MINUTES_2),
    Mark(2, "days", limits.DAYS_2),
    Mark(2, "given", limits.GIVEN_2),
    Mark(2, "received", limits.RECEIVED_2),
    Mark(2, "replied", limits.REPLIED_2),
    Mark(3, "days_lately", limits.DAYS_3),
    Mark(3, "threads_lately", limits.THREADS_3),
    Mark(3, "replied_lately", limits.REPLIED_3),
    Mark(3, "given_lately", limits.GIVEN_3),
    Mark(3, "received_lately", limits.RECEIVED_3),
    Mark(3, "people_lately", limits.PEOPLE_3),
    Mark(3, "posts", limits.POSTS_3),
)


_BY_LEVEL = {level: tuple(mark for mark in MARKS if mark.level == level) for level in range(HIGHEST + 1)}


def marks_of(level: int) -> tuple[Mark, ...]:
    """Return the marks of one level."""
    return _BY_LEVEL.get(level, ())


# What a mark asks for, and what is missing of it.
_ASKED: dict[str, Callable[[int], str]] = {
    "threads": lambda n: ngettext("%(n)s thread opened", "%(n)s threads opened", n),
    "posts": lambda n: ngettext("%(n)s post read", "%(n)s posts read", n),
    "minutes": lambda n: ngettext("%(n)s minute here", "%(n)s minutes here", n),
    "days": lambda n: ngettext("here on %(n)s day", "here on %(n)s days", n),
    "given": lambda n: ngettext("%(n)s thank-you given", "%(n)s thank-yous given", n),
    "received": lambda n: ngettext("%(n)s thank-you received", "%(n)s thank-yous received", n),
    "people": lambda n: ngettext("thanked by %(n)s person", "thanked by %(n)s people", n),
    "replied": lambda n: ngettext(
        "replied in %(n)s thread of others", "replied in %(n)s threads of others", n
    ),
}
_MISSING: dict[str, Callable[[int], str]] = {
    "threads": lambda n: ngettext("%(n)s more thread to open", "%(n)s more threads to open", n),
    "posts": lambda n: ngettext("%(n)s more post to read", "%(n)s more posts to read", n),
    "minutes": lambda n: ngettext("%(n)s more minute", "%(n)s more minutes", n),
    "days": lambda n: ngettext("%(n)s more day", "%(n)s more days", n),
    "given": lambda n: ngettext("%(n)s more thank-you to give", "%(n)s more thank-yous to give", n),
    "received": lambda n: ngettext("%(n)s more thank-you to receive", "%(n)s more thank-yous to receive", n),
    "people": lambda n: ngettext("%(n)s more person to thank you", "%(n)s more people to thank you", n),
    "replied": lambda n: ngettext("%(n)s more thread to reply in", "%(n)s more threads to reply in", n),
}


def say_asked(mark: Mark) -> str:
    """Say what a mark asks for: "60 posts read"."""
    return _say(_ASKED, mark.fact, mark.number())


def say_missing(mark: Mark, missing: int) -> str:
    """Say what is missing of a mark: "12 more posts to read"; empty when nothing is."""
    return _say(_MISSING, mark.fact, missing) if missing else ""


def _say(words: Mapping[str, Callable[[int], str]], fact: str, n: int) -> str:
    return words[fact.removesuffix(LATELY)](n) % {"n": n}


def say_period(mark: Mark) -> str:
    """Say over which time a mark counts; empty for all time."""
    if not mark.is_lately:
        return ""
    days = limits.WINDOW()
    return ngettext("in the last %(n)s day", "in the last %(n)s days", days) % {"n": days}


def level_name(level: int) -> str:
    """Return what a level is called in the language of now."""
    return str(NAMES[min(max(level, 0), HIGHEST)])
