"""What may be told outside: each verb with the fields of its payload that leave the house, and whose eyes decide.

A field that is not named here never leaves. Features above name theirs in a `webhooks.py` of their own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import Verb, payload_fields

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from community.members.models import Member


class Group(StrEnum):
    """Under which heading the picker lists a verb, in this order."""

    THREADS = "threads"
    RECOGNITION = "recognition"
    MEMBERS = "members"
    PLACES = "places"
    TEAM = "team"


GROUP_LABELS: "Mapping[Group, Promise]" = {
    Group.THREADS: _("Threads and answers"),
    Group.RECOGNITION: _("Points, badges and tiers"),
    Group.MEMBERS: _("Members and groups"),
    Group.PLACES: _("Spaces and topics"),
    Group.TEAM: _("The work of the team"),
}


@dataclass(frozen=True, slots=True)
class Sight:
    """That the owner may read what an event is about, and what it says now: words are those of this moment, not of then."""

    url: str = ""
    words: "Mapping[str, Any] | None" = None


@dataclass(frozen=True, slots=True)
class Event:
    """A verb that endpoints may hear. `look` is asked at the moment of sending."""

    verb: Verb
    group: Group
    label: "Promise | str"
    fields: tuple[str, ...]
    look: "Callable[[Member, Activity], Sight | None]"
    # False where naming who did it would give somebody away, such as who reported a post.
    says_actor: bool = True

    @property
    def name(self) -> str:
        """The verb's name, which is the type of the message."""
        return self.verb.name


_events: dict[str, Event] = {}


def deliver(
    verb: Verb,
    group: Group,
    label: "Promise | str",
    fields: tuple[str, ...],
    look: "Callable[[Member, Activity], Sight | None]",
    *,
    says_actor: bool = True,
) -> Event:
    """Let endpoints hear a verb. Called at import; a field that the payload does not have is a mistake."""
    unknown = set(fields) - set(payload_fields(verb))
    if unknown or verb.name in _events:
        raise RuntimeError(f"{verb.name}: {sorted(unknown)} unknown, or named twice")
    _events[verb.name] = Event(verb, group, label, fields, look, says_actor)
    return _events[verb.name]


def find_event(name: str) -> Event | None:
    """Return what may be told of a verb, or None when nothing may."""
    return _events.get(name)


def all_events() -> list[Event]:
    """Return every event, in the order of the picker."""
    order = list(Group)
    return sorted(_events.values(), key=lambda event: (order.index(event.group), event.name))


_EXAMPLES: Mapping[str, Any] = {"int": 42, "bool": True, "str": "example", "list": [], "dict": {}}


def example_of(event: Event) -> dict[str, Any]:
    """Return made-up fields of an event, for the documentation and for tests of an endpoint."""
    types = payload_fields(event.verb)
    return {name: _EXAMPLES.get(_type_name(types[name])) for name in event.fields}


def _type_name(kind: Any) -> str:
    name = getattr(kind, "__name__", None) or str(kind)
    return name.split(" ")[0].split("[")[0]
