"""Reading spaces."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from community import rows
from community.errors import NotFound
from community.members.models import Member
from community.revision import current_mark
from community.spaces.audiences import held
from community.spaces.models import Access, Space, SpaceMembership, SpaceQuerySet
from community.spaces.permissions import can_add_to_space
from community.spaces.visibility import readable_spaces
from community.sql import fetch


def get_space_for(viewer: Member | None, slug: str) -> Space:
    """Return the space at this address if `viewer` may read it. Raises `NotFound` otherwise."""
    space = Space.objects.visible_to(viewer).filter(slug=slug).first()
    if space is None:
        raise NotFound()
    return space


def with_above(spaces: SpaceQuerySet, viewer: Member | None) -> SpaceQuerySet:
    """Add to each space the address of the one it stands below, as `above`, where the viewer may read that too."""
    above = Space.objects.visible_to(viewer).order_by().filter(pk=OuterRef("parent"))
    return spaces.annotate(above=Subquery(above.values("slug")[:1]))


def people_in(actor: Member, space: Space) -> QuerySet[SpaceMembership]:
    """Return who was added to `space`, for those who choose them. Raises `Refused` for anyone else."""
    can_add_to_space(actor, space).require()
    people: QuerySet[SpaceMembership] = SpaceMembership.objects.filter(space=space)
    return people.select_related("member")


def list_spaces(viewer: Member | None) -> list[Space]:
    """Return the spaces a viewer may read, in their order."""
    spaces, readable = readable_spaces(viewer)
    sql = f"""SELECT {rows.columns(Space, "s")} FROM spaces_space s
      WHERE NOT s.is_archived AND s.id IN ({spaces}) ORDER BY s.position, s.name"""
    return fetch(sql, readable, lambda values: rows.build(Space, values))


def space_names(viewer: Member | None) -> tuple[tuple[str, str], ...]:
    """Return address and name of the spaces a viewer may read, in their order: all a filter needs.

    Those of guests are remembered as their rail is.
    """
    mark = current_mark() if viewer is None else None
    return _names_for_guests(mark) if mark is not None else _space_names(viewer)


@lru_cache(maxsize=1)
def _names_for_guests(_mark: bytes) -> tuple[tuple[str, str], ...]:
    return _space_names(None)


def _space_names(viewer: Member | None) -> tuple[tuple[str, str], ...]:
    spaces, readable = readable_spaces(viewer)
    sql = f"""SELECT s.slug, s.name FROM spaces_space s
      WHERE NOT s.is_archived AND s.id IN ({spaces}) ORDER BY s.position, s.name"""
    return tuple(fetch(sql, readable, lambda row: (row[0], row[1])))


class RailSpace(NamedTuple):
    """A space as the rail shows it; one below another that is shown too stands right after it."""

    slug: str
    name: str
    icon: str
    is_followed: bool
    is_below: bool = False

    def get_absolute_url(self) -> str:
        """The list of its threads."""
        return f"/s/{self.slug}/"


def rail_spaces(viewer: Member | None) -> list[RailSpace]:
    """Return at most eight spaces for the rail: those the viewer follows, else the first ones they may read.

    All guests have the same, remembered until something is recorded anywhere; so have the pages that show it.
    """
    if viewer is not None:
        return _rail_spaces(viewer)
    mark = current_mark()
    return list(_rail_of_guests(mark) if mark is not None else _rail_spaces(None))


@lru_cache(maxsize=1)
def _rail_of_guests(_mark: bytes) -> tuple[RailSpace, ...]:
    return tuple(_rail_spaces(None))


def forget_rail() -> None:
    """Read the rail of guests, and the names of their spaces, anew at the next occasion."""
    _rail_of_guests.cache_clear()
    _names_for_guests.cache_clear()


def _rail_spaces(viewer: Member | None) -> list[RailSpace]:
    spaces, readable = readable_spaces(viewer)
    sql = f"""SELECT s.slug, s.name, s.icon, f.id IS NOT NULL, s.id, s.parent_id FROM spaces_space s
      LEFT JOIN spaces_spacefollow f ON f.space_id = s.id AND f.member_id = %s AND f.level <> 'muted'
      WHERE NOT s.is_archived AND s.id IN ({spaces})
      ORDER BY f.id IS NULL, s.position, s.name LIMIT 8"""
    rows = fetch(sql, (viewer.pk if viewer else 0, *readable), tuple)
    return _with_those_below([row for row in rows if row[3]] or rows)


def _with_those_below(rows: Sequence[tuple[Any, ...]]) -> list[RailSpace]:
    """Put each space after the one it stands below, where that one is shown."""
    shown = {row[4] for row in rows}
    below: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        if row[5] in shown:
            below.setdefault(row[5], []).append(row)
    tops = (row for row in rows if row[5] not in shown)
    return [
        RailSpace(row[0], row[1], row[2], row[3], row is not top)
        for top in tops
        for row in (top, *below.get(top[4], ()))
    ]


def ids_who_see(space: Space, member_ids: list[int]) -> list[int]:
    """Return those of the given members who may read `space`, in the same order: whom a mention there reaches."""
    if space.access != Access.PRIVATE or not member_ids:
        return member_ids
    sql = f"""SELECT v.id FROM members_member v WHERE v.id = ANY(%s) AND (v.role IN ('manager', 'admin')
      OR EXISTS (SELECT 1 FROM spaces_spacemembership i WHERE i.space_id = %s AND i.member_id = v.id)
      OR EXISTS (SELECT 1 FROM spaces_space s WHERE s.id = %s AND s.see_for <> '{{}}' AND s.see_for::text[] && {held("v")}))"""
    seeing = set(fetch(sql, (list(member_ids), space.pk, space.pk), lambda row: row[0]))
    return [pk for pk in member_ids if pk in seeing]


def is_opened_by(prefix: str) -> bool:
    """Return whether any closed space is open to holders of keys that begin so."""
    sql = """SELECT 1 FROM spaces_space s WHERE s.access = 'private'
      AND EXISTS (SELECT 1 FROM unnest(s.see_for) k WHERE starts_with(k, %s)) LIMIT 1"""
    return bool(fetch(sql, (prefix,), tuple))
