"""What became of a text, word by word, at a price that is known: anyone may open a history, and anyone may have written
both texts so that comparing them takes as long as it can."""

import re
from typing import NamedTuple

_WORD = re.compile(r"\s+|[^\s\w]|\w+")
_NOWHERE = -1


class Piece(NamedTuple):
    """A stretch of text: `same`, `added` or `taken`."""

    what: str
    text: str


class Patience:
    """How many steps may still be spent on comparing, for all texts of a page together."""

    def __init__(self, steps: int = 600_000) -> None:
        self.steps = steps


def compare(before: str, after: str, patience: Patience | None = None) -> list[Piece]:
    """Return what became of a text, piece by piece. Texts with too little in common are taken and added whole."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = _common(old, new)
    tail = _common(old[: head - 1 if head else None : -1], new[: head - 1 if head else None : -1])
    olds, news = old[head : len(old) - tail], new[head : len(new) - tail]
    pieces = [Piece("same", "".join(old[:head]))]
    at = (0, 0)
    for i, j, length in _runs(olds, news, patience or Patience()):
        pieces += [Piece("taken", "".join(olds[at[0] : i])), Piece("added", "".join(news[at[1] : j]))]
        pieces.append(Piece("same", "".join(olds[i : i + length])))
        at = (i + length, j + length)
    pieces += [Piece("taken", "".join(olds[at[0] :])), Piece("added", "".join(news[at[1] :]))]
    pieces.append(Piece("same", "".join(old[len(old) - tail :])))
    return [piece for piece in pieces if piece.text]


def _common(one: list[str], other: list[str]) -> int:
    """Return how many words two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _runs(old: list[str], new: list[str], patience: Patience) -> list[tuple[int, int, int]]:
    """Return what both have as (place in old, place in new, length), in order: Myers' search for the shortest edit."""
    reach: dict[int, int] = {}
    trail: list[dict[int, int]] = []
    for edits in range(len(old) + len(new) + 1):
        trail.append(reach.copy())
        for line in range(-edits, edits + 1, 2):
            x = _step(reach, line, edits, len(old), len(new))[0]
            begun = x
            while x != _NOWHERE and x < len(old) and x - line < len(new) and old[x] == new[x - line]:
                x += 1
            reach[line] = x
            patience.steps -= 2 + x - begun
            if x == len(old) and x - line == len(new):
                return _walk_back(trail, len(old), len(new))
        if patience.steps <= 0:
            return []
    return []


def _step(reach: dict[int, int], line: int, edits: int, most_x: int, most_y: int) -> tuple[int, int]:
    """Return how far one more edit leads on a line (x - y), and from which line: the further of adding and taking."""
    if not edits:
        return 0, 0
    added, taken = reach.get(line + 1, _NOWHERE), reach.get(line - 1, _NOWHERE)
    if added != _NOWHERE and added - line > most_y:
        added = _NOWHERE
    taken = taken + 1 if taken != _NOWHERE and taken < most_x else _NOWHERE
    return (added, line + 1) if added > taken else (taken, line - 1)


def _walk_back(trail: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int, int]]:
    most_x, most_y = x, y
    runs = []
    for edits in range(len(trail) - 1, -1, -1):
        line = x - y
        begun, came_from = _step(trail[edits], line, edits, most_x, most_y)
        if x > begun:
            runs.append((begun, begun - line, x - begun))
        if edits:
            x = trail[edits][came_from]
            y = x - came_from
    return runs[::-1]
