"""What levels are judged by. Features above know it (who read, wrote, thanked; who was paused) and offer how to count it.

Facts are counted from the community's own rows, never added up: hearing something twice, late or in another order does no
harm, and history that was brought in counts like any other.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

# Given members and the beginning of the window of the third level: facts by name of those who have any.
FactSource = Callable[[Sequence[int], dt.datetime], Mapping[int, Mapping[str, int]]]
PENALTIES = "penalties"

_sources: dict[str, FactSource] = {}


def add_facts(name: str, source: FactSource) -> None:
    """Offer facts; called when the apps are ready. A later source of the same name replaces it."""
    _sources[name] = source


def facts_of(member_ids: Sequence[int], since: dt.datetime) -> dict[int, dict[str, int]]:
    """Return the facts of each of these members: one statement for each source, however many they are."""
    facts: dict[int, dict[str, int]] = {pk: {} for pk in member_ids}
    for source in _sources.values():
        for pk, found in source(member_ids, since).items():
            facts[pk].update(found)
    return facts
