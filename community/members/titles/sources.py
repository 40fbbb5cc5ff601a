"""What gives titles. A feature offers them here under its own prefix, and says when one may be gone."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from community.members.models import Group, Member, rules_met


class Title(NamedTuple):
    """A title somebody may show: the key of what gave it, and its words."""

    key: str
    words: str


_sources: dict[str, Callable[[Member], Iterable[Title]]] = {}


def add_titles(name: str, titles_of: Callable[[Member], Iterable[Title]]) -> None:
    """Offer titles; called when the apps are ready."""
    _sources[name] = titles_of


def titles_of(member: Member) -> list[Title]:
    """Return the titles a member holds now."""
    return [title for source in _sources.values() for title in source(member)]


def group_key(group_id: int) -> str:
    """Return the key of what a group gives."""
    return f"group:{group_id}"


def of_groups(member: Member) -> list[Title]:
    """Return the titles of the groups a member is in, by hand or by themselves."""
    giving = Group.objects.exclude(title="")
    inside = giving.filter(memberships__member=member) | giving.filter(rule__in=rules_met(member))
    rows = inside.order_by("name").distinct()
    return [Title(group_key(group.pk), group.title) for group in rows]
