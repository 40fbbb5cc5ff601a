"""What the levels of attention are called, and what each brings."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language, gettext, gettext_lazy

from community.spaces.models import Level

LISTENING = (Level.WATCHING, Level.TRACKING, Level.FIRST_POSTS)


class Choice(NamedTuple):
    """One level as it is offered."""

    level: str
    icon: str
    word: str
    brings: str


_ICONS = {
    Level.WATCHING: "bell",
    Level.TRACKING: "eye",
    Level.FIRST_POSTS: "plus",
    Level.NORMAL: "chat",
    Level.MUTED: "mute",
}
_OF_THREAD = {
    Level.WATCHING: gettext_lazy("We tell you about every reply."),
    Level.TRACKING: gettext_lazy("It shows what is unread. We tell you when someone answers or names you."),
    Level.NORMAL: gettext_lazy("We tell you only when someone answers or names you."),
    Level.MUTED: gettext_lazy("We tell you nothing about this thread."),
}
_OF_PLACE = {
    Level.WATCHING: gettext_lazy("We tell you about every thread and every reply here."),
    Level.TRACKING: gettext_lazy("Threads you opened here show what is unread."),
    Level.FIRST_POSTS: gettext_lazy("We tell you when a thread begins here."),
    Level.NORMAL: gettext_lazy("We tell you only when someone answers or names you."),
    Level.MUTED: gettext_lazy("Its threads stay out of your lists."),
}


def choices(*, of_thread: bool) -> tuple[Choice, ...]:
    """Return the levels to choose from, the closest first, in the language of now."""
    return _choices(of_thread, get_language())


@lru_cache(maxsize=64)
def _choices(of_thread: bool, _language: str | None) -> tuple[Choice, ...]:
    brings = _OF_THREAD if of_thread else _OF_PLACE
    return tuple(
        Choice(level.value, _ICONS[level], str(level.label), str(said)) for level, said in brings.items()
    )


def said(level: str, *, of_thread: bool) -> str:
    """Say what a chosen level brings, or that there is none."""
    brings = _OF_THREAD if of_thread else _OF_PLACE
    return str(brings[Level(level)]) if level in Level.values else gettext("Nothing chosen.")
