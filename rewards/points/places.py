"""Spaces and topics that rules and campaigns name: whether they are there, and what they are called."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from community.spaces.models import Space, Tag


@dataclass(frozen=True, slots=True)
class Places:
    """Names of spaces by id and of topics by slug; what is not in here is gone, or not for this reader."""

    spaces: dict[int, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)


def read_places(space_ids: Iterable[int], tags: Iterable[str], *, public: bool = False) -> Places:
    """Read the names of spaces and topics; `public`: only of spaces that everyone may know of."""
    ids, slugs = set(space_ids), set(tags)
    spaces = Space.objects.visible_to(None) if public else Space.objects.all()
    return Places(
        dict(spaces.filter(pk__in=ids).values_list("pk", "name")) if ids else {},
        dict(Tag.objects.filter(slug__in=slugs).values_list("slug", "name")) if slugs else {},
    )


def missing_places(space_ids: Iterable[int], tags: Iterable[str]) -> tuple[list[int], list[str]]:
    """Return which of these spaces and topics are not there any more."""
    ids, slugs = list(space_ids), list(tags)
    there = read_places(ids, slugs)
    return [pk for pk in ids if pk not in there.spaces], [slug for slug in slugs if slug not in there.tags]
