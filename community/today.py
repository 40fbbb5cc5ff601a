"""What stands on top of a member's home: at most three things worth a minute today, each with the reason it is shown.

Features name suggestions; this module chooses among them and imports none of them. One of each kind comes first, so that
not everything asks for the same sort of help; then the rest in the order they were named in.
"""

from collections.abc import Callable
from enum import IntEnum
from typing import Any, NamedTuple

MOST = 3


class Kind(IntEnum):
    """What a suggestion is about, in the order in which kinds come."""

    HELP = 1
    ASK = 2
    HAPPENING = 3


class Suggestion(NamedTuple):
    """One thing worth a minute. `reason` says why it is shown, `action` what pressing it does; plain text, not HTML."""

    kind: Kind
    icon: str
    reason: str
    text: str
    action: str
    url: str


# Given the member, return suggestions, the most personal first.
Suggest = Callable[[Any], list[Suggestion]]
_suggesters: dict[str, tuple[int, Suggest]] = {}


def add_suggester(key: str, suggest: Suggest, order: int = 100) -> None:
    """Let a feature name suggestions; called from its `AppConfig.ready()`. A later one of the same key replaces it."""
    _suggesters[key] = (order, suggest)


def suggestions_for(member: Any) -> list[Suggestion]:
    """Return at most three suggestions for a member: one of each kind first, then what else was named."""
    named = [it for _order, suggest in sorted(_suggesters.values(), key=_by_order) for it in suggest(member)]
    firsts = {it.kind: it for it in reversed(named)}
    chosen = [firsts[kind] for kind in sorted(firsts)]
    chosen += [it for it in named if it not in chosen]
    return chosen[:MOST]


def _by_order(one: tuple[int, Suggest]) -> int:
    return one[0]
