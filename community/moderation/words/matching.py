"""Finding watched words in a text: thousands of words cost a text without them next to nothing.

Plain words of one piece are looked up among the words of the text; phrases, wildcards and words of scripts without spaces are
searched for only where their longest piece occurs; regular expressions run against the clock.
"""

import logging
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from community.moderation.words.folding import fold, fold_with_places, span_of

logger = logging.getLogger(__name__)

LONGEST_WORD = 200
# For one expression in one text, and for all of them in one text. In seconds.
PATIENCE, PATIENCE_FOR_ALL = 0.05, 0.2
# Repetitions of repetitions are written out while an expression is read, and take all the memory there is before any clock
# looks: (?:(?:a{1000}){1000}){1000}. In pieces written out; each takes about 300 bytes.
LARGEST = 50_000
_REPEATS = re.compile(r"(.?)\{\s*(\d*)\s*(?:,\s*(\d*)\s*)?\}", re.DOTALL)
# Of one word in one text.
MOST_HITS = 200
_PIECE = re.compile(r"[^\W_]+")
# Scripts that write without spaces: a word may stand anywhere in a line.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\U00020000-\U0003ffff]"
)
_ARABIC = re.compile("[\u0600-\u06ff]")
# Short words that Arabic writes together with the next one: and, so, with, for, like, the.
_JOINED = "(?:[وف]?[بلك]?(?:ال|لل)?)"
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"


@dataclass(frozen=True, slots=True)
class Word:
    """A watched word as it is looked for."""

    pk: int
    word: str
    action: str
    is_regex: bool = False
    replacement: str = ""
    places: frozenset[str] = frozenset({"title", "body"})
    is_case_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a word was found in a text."""

    word: Word
    start: int
    end: int


class TooSlow(Exception):
    """An expression took longer than it may."""


@lru_cache(maxsize=4096)
def as_pattern(word: str, *, keeps_case: bool) -> re.Pattern[str]:
    """Return what a plain word means, for folded text: whole words, `*` any letters, spaces any space."""
    folded = "*".join(fold(part, keeps_case=keeps_case) for part in " ".join(word.split()).split("*"))
    inner = r"\s+".join(
        r"[^\W_]{0,40}".join(re.escape(part) for part in piece.split("*")) for piece in folded.split()
    )
    before = _BEFORE if _bounded(folded[:1]) else ""
    if _ARABIC.match(folded):
        before += _JOINED
    return re.compile(before + inner + (_AFTER if _bounded(folded[-1:]) else ""))


def _bounded(letter: str) -> bool:
    return letter.isalnum() and not _UNSPACED.match(letter)


def size_of(expression: str) -> int:
    """Return how many pieces an expression could become when it is read, at the most.

    One piece is repeated by its own number and by those of all groups around it; every number behind a bracket counts as
    one of those, and so does one behind a blank, which may be a bracket's too.
    """
    alone, around = 1, 1
    for before, least, most in _REPEATS.findall(expression):
        number = max((int(one) for one in (least, most) if one), default=1)
        if before in (")", "}", "") or before.isspace():
            around *= max(number, 1)
        else:
            alone = max(alone, number)
    return len(expression) * alone * around


def compile_expression(text: str, *, is_case_sensitive: bool) -> Any:
    """Return a regular expression of a manager, in a library that stops when its time is over. Raises `ValueError`."""
    if size_of(text) > LARGEST:
        raise ValueError("it repeats too much")
    import regex  # type: ignore[import-untyped]  # only where expressions are watched for

    try:
        return regex.compile(text, 0 if is_case_sensitive else regex.IGNORECASE)
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        raise ValueError(str(error)) from error


class Finder:
    """All watched words, ready to be looked for."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.singles: dict[str, list[Word]] = {}
        self.phrases: list[tuple[str, Word]] = []
        self.expressions: list[tuple[Any, Word]] = []
        for word in words:
            self._take(word)
        self.is_empty = not (self.singles or self.phrases or self.expressions)

    def _take(self, word: Word) -> None:
        if word.is_regex:
            self._take_expression(word)
            return
        folded = fold(word.word)
        if _PIECE.fullmatch(folded) and not _UNSPACED.search(folded) and not _ARABIC.search(folded):
            self.singles.setdefault(folded, []).append(word)
        else:
            pieces = [piece for part in folded.split("*") for piece in part.split()]
            self.phrases.append((max(pieces, key=len, default=""), word))

    def _take_expression(self, word: Word) -> None:
        """One that was kept before it was refused finds nothing, rather than closing every form."""
        try:
            compiled = compile_expression(word.word, is_case_sensitive=word.is_case_sensitive)
        except ValueError:
            logger.exception("watched expression %s cannot be used", word.pk)
        else:
            self.expressions.append((compiled, word))

    def find(self, text: str, place: str) -> list[Hit]:
        """Return every place of every word watched for in such a place of a text. Raises `TooSlow`."""
        if self.is_empty or not text:
            return []
        folded = fold(text)
        found: list[Word] = []
        if self.singles:
            for piece in self.singles.keys() & set(_PIECE.findall(folded)):
                found += self.singles[piece]
        found += [word for piece, word in self.phrases if piece in folded]
        hits = [hit for word in found if place in word.places for hit in _spans(word, text)]
        if self.expressions:
            hits += self._express(text, folded, place)
        return sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.word.pk))

    def _express(self, text: str, folded: str, place: str) -> Iterator[Hit]:
        until = time.monotonic() + PATIENCE_FOR_ALL
        plain = text if text.isascii() else unicodedata.normalize("NFC", text)
        for expression, word in self.expressions:
            if place not in word.places:
                continue
            found = _run(expression, text, until)
            if found:
                yield from (Hit(word, start, end) for start, end in found)
            elif plain != text or (folded != text.lower()):
                yield from _express_folded(expression, word, text, until)


def _express_folded(expression: Any, word: Word, text: str, until: float) -> Iterator[Hit]:
    folded, places = fold_with_places(text, keeps_case=True)
    for start, end in _run(expression, folded, until):
        yield Hit(word, *span_of(text, places, start, end))


def _run(expression: Any, text: str, until: float) -> list[tuple[int, int]]:
    left = min(PATIENCE, until - time.monotonic())
    if left <= 0:
        raise TooSlow
    found = []
    try:
        for match in expression.finditer(text, timeout=left):
            if match.end() > match.start():
                found.append(match.span())
            if len(found) >= MOST_HITS:
                break
    except TimeoutError as error:
        logger.warning("a watched expression took too long: %s", expression.pattern[:80])
        raise TooSlow from error
    return found


def _spans(word: Word, text: str) -> Iterator[Hit]:
    keeps_case = word.is_case_sensitive
    pattern = as_pattern(word.word, keeps_case=keeps_case)
    folded, places = fold_with_places(text, keeps_case=keeps_case)
    for number, match in enumerate(pattern.finditer(folded)):
        if number >= MOST_HITS or match.end() == match.start():
            return
        yield Hit(word, *span_of(text, places, match.start(), match.end()))
