"""Further ways to narrow the directory, brought by the features that know them: by badge, by tier.

A way offers choices to a viewer, and narrows only to what that viewer may know of everybody it leaves in.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from community.members.models import Member

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

People = QuerySet[Member, Member]


@dataclass(frozen=True, slots=True)
class Way:
    """One way: its name in the address, its label, what may be chosen (value and words), and who is left then."""

    name: str
    label: "_StrOrPromise"
    choices: Callable[[Member | None], list[tuple[str, str]]]
    narrow: Callable[[Member | None, People, str], People]


_ways: dict[str, Way] = {}


def add_way(way: Way) -> None:
    """Let the directory be narrowed so; called from `AppConfig.ready()`. A later one of the same name replaces it."""
    _ways[way.name] = way


def all_ways() -> Iterator[Way]:
    """Return every way, in the order in which they were added."""
    return iter(_ways.values())


def narrow_by_ways(viewer: Member | None, rows: People, chosen: Mapping[str, str]) -> People:
    """Return who is left; a way that is not known narrows nothing."""
    for name, value in chosen.items():
        if value and name in _ways:
            rows = _ways[name].narrow(viewer, rows, value)
    return rows
