"""The watched words, made ready once by each process and looked at anew every few seconds."""

import time
from collections.abc import Iterable

from django.db.models import Count, Max

from community.moderation.models import WatchedWord
from community.moderation.words.matching import Finder, Word

REMEMBERED_SECONDS = 10.0
PLACES = ("title", "body", "profile", "names")


class _Memory:
    """What this process knows, of which revision, and when it last asked."""

    finder = Finder([])
    revision: object = None
    asked_at = float("-inf")


def finder() -> Finder:
    """Return what finds the watched words. Another process hears of a change within ten seconds."""
    if time.monotonic() - _Memory.asked_at > REMEMBERED_SECONDS:
        _look()
    return _Memory.finder


def forget() -> None:
    """Look anew at the next occasion."""
    _Memory.asked_at = float("-inf")


def remember(rows: Iterable[WatchedWord]) -> None:
    """Know these words, as if they had just been read."""
    _Memory.finder, _Memory.revision = Finder(map(as_word, rows)), None
    _Memory.asked_at = time.monotonic()


def as_word(row: WatchedWord) -> Word:
    """Return a row as it is looked for."""
    places = (row.in_title, row.in_body, row.in_profile, row.in_names)
    return Word(
        row.pk or 0,
        row.word,
        row.action,
        is_regex=row.is_regex,
        replacement=row.replacement,
        places=frozenset(name for name, watched in zip(PLACES, places, strict=True) if watched),
        is_case_sensitive=row.is_case_sensitive,
    )


def _look() -> None:
    known = WatchedWord.objects.aggregate(Count("pk"), Max("pk"), Max("changed_at"))
    if known != _Memory.revision:
        _Memory.finder = Finder(map(as_word, WatchedWord.objects.order_by("pk")))
        _Memory.revision = known
    _Memory.asked_at = time.monotonic()
