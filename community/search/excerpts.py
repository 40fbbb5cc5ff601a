"""Which few words of a text stand under a result, and what is marked in them.

Postgres would read every text to its end, a word at a time, only to show a line of it: half of what a search costs.
So the place is found by looking for the beginnings of the words. Words that stand there as they were typed are hits;
whether another form of them is one, only Postgres knows, and it is asked for those lines. Where no beginning is found at
all (accents, hits in the title only) the whole text is left to it.
"""

import re

# What stands around a hit; no post can contain them, because control characters are dropped when written.
START, STOP = "\x02", "\x03"
# How long an excerpt is, how much of it stands before the first hit, and how near hits must be to show together.
LENGTH, LEAD, NEAR = 220, 60, 150
# A word that is said all the time need not be looked for to the end.
_MOST_PLACES = 12
_LEXEME = re.compile(r"'((?:[^']|'')+)'")
_TYPED = re.compile(r"(?<![-\w])[a-z0-9]+(?![-\w])")
# What may join two words into one that Postgres reads as a whole: an address, a number, a compound.
_JOINTS = frozenset("-_.,@/:'+%~")


def beginnings(query: str) -> list[str]:
    """Return what the words of a query, as Postgres writes it, begin with in any of their forms.

    Stems differ from their words at the end only: "happi" of "happy", "hope" of "hoping".
    """
    stems = {stem.replace("''", "'") for stem in _LEXEME.findall(query)}
    return sorted(stem[:-1] if len(stem) > 3 and stem[-1] in "eiy" else stem for stem in stems)


def typed(asked: str) -> frozenset[str]:
    """Return the plain words of a question."""
    return frozenset(_TYPED.findall(asked.lower()))


def cut(text: str, words: list[str]) -> str | None:
    """Return the part of `text` in which most of the `words` stand together, or None when none is found."""
    small = text.lower()
    if len(small) != len(text):
        return None
    places = sorted((place, word) for word in words for place in _places(small, word))
    if not places:
        return None
    start, most = 0, 0
    for number, (place, _word) in enumerate(places):
        together = {word for other, word in places[number:] if other - place < NEAR}
        if len(together) > most:
            start, most = place, len(together)
        if most == len(words):
            break
    return _line(text, max(0, min(start - LEAD, len(text) - LENGTH)))


def mark(line: str, words: list[str], plain: frozenset[str]) -> str | None:
    """Return the line with its hits marked, or None when it takes Postgres to know what is one."""
    if not line.isascii():
        return None
    small = line.lower()
    ends: dict[int, int] = {}
    for word in words:
        for place in _places(small, word):
            end = place + len(word)
            while end < len(small) and small[end].isalnum():
                end += 1
            if small[place:end] not in plain or _is_joined(small, place, end):
                return None
            ends[place] = end
    for place, end in sorted(ends.items(), reverse=True):
        line = f"{line[:place]}{START}{line[place:end]}{STOP}{line[end:]}"
    return line


def _is_joined(text: str, start: int, end: int) -> bool:
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    return (before[-1:] in _JOINTS and before[:1].isalnum()) or (after[:1] in _JOINTS and after[1:].isalnum())


def _places(text: str, word: str) -> list[int]:
    found: list[int] = []
    place = text.find(word)
    while place >= 0 and len(found) < _MOST_PLACES:
        if place == 0 or not text[place - 1].isalnum():
            found.append(place)
        place = text.find(word, place + 1)
    return found


def _line(text: str, start: int) -> str:
    """Return the words between two places, without those the places fall into."""
    line = text[start : start + LENGTH]
    if start > 0 and not text[start - 1].isspace():
        line = line.partition(" ")[2] or line
    if start + LENGTH < len(text) and not text[start + LENGTH].isspace():
        line = line.rpartition(" ")[0] or line
    return " ".join(line.split())
