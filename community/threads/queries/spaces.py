"""Spaces with what is going on in them: the directory, and the head of a space's own page."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from community.errors import NotFound
from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.sql import fetch, fetch_one


class SpaceCard(NamedTuple):
    """A space in the directory, with its latest thread."""

    pk: int
    slug: str
    name: str
    description: str
    access: str
    icon: str
    is_archived: bool
    thread_count: int
    is_followed: bool
    latest_pk: int | None
    latest_title: str
    latest_at: dt.datetime | None
    colour: str = ""
    parent_pk: int | None = None

    def get_absolute_url(self) -> str:
        """The list of its threads."""
        return f"/s/{self.slug}/"


def space_cards(viewer: Member | None) -> list[SpaceCard]:
    """Return every space a viewer may read, in their order, archives last."""
    spaces, readable = readable_spaces(viewer)
    sql = f"""SELECT s.id, s.slug, s.name, s.description, s.access, s.icon, s.is_archived, s.thread_count,
        f.id IS NOT NULL, t.id, COALESCE(t.title, ''), t.last_post_at,
        s.colour, s.parent_id
      FROM spaces_space s
      LEFT JOIN spaces_spacefollow f ON f.space_id = s.id AND f.member_id = %s AND f.level <> 'muted'
      LEFT JOIN LATERAL (SELECT x.id, x.title, x.last_post_at FROM threads_thread x
        WHERE x.space_id = s.id AND x.state = 'visible'
        ORDER BY x.last_post_at DESC, x.id DESC LIMIT 1) t ON true
      WHERE s.id IN ({spaces}) ORDER BY s.is_archived, s.position, s.name LIMIT 200"""
    return fetch(sql, (viewer.pk if viewer else 0, *readable), SpaceCard._make)


def nested(cards: Sequence[SpaceCard]) -> list[tuple[SpaceCard, list[SpaceCard]]]:
    """Return the cards that stand at the top for this viewer, each with those below it."""
    shown = {card.pk for card in cards}
    below: dict[int | None, list[SpaceCard]] = {}
    for card in cards:
        below.setdefault(card.parent_pk if card.parent_pk in shown else None, []).append(card)
    return [(card, below.get(card.pk, [])) for card in below.get(None, [])]


class Near(NamedTuple):
    """The space above, or one below."""

    pk: int
    slug: str
    name: str
    icon: str = ""

    def get_absolute_url(self) -> str:
        """The list of its threads."""
        return f"/s/{self.slug}/"


class SpacePlace(NamedTuple):
    """A space as its own page knows it, and how the viewer stands to it."""

    pk: int
    slug: str
    name: str
    description: str
    access: str
    posting: str
    kind: str
    icon: str
    is_archived: bool
    thread_count: int
    level: str
    followers: int
    tags: list[str]
    colour: str
    create_for: list[str]
    asks: bool
    above: Near | None
    below: list[Near]
    # Whether the viewer was named to keep order here; the team does so everywhere.
    keeps: bool

    def get_absolute_url(self) -> str:
        """The list of its threads."""
        return f"/s/{self.slug}/"


def space_place(viewer: Member | None, slug: str) -> SpacePlace:
    """Return the space at this address for its page. Raises `NotFound` when it is absent or closed to the viewer."""
    spaces, readable = readable_spaces(viewer)
    sql = f"""SELECT s.id, s.slug, s.name, s.description, s.access, s.posting, s.kind, s.icon, s.is_archived,
        s.thread_count,
        COALESCE((SELECT f.level FROM spaces_spacefollow f WHERE f.space_id = s.id AND f.member_id = %s), 'normal'),
        (SELECT count(*) FROM (SELECT 1 FROM spaces_spacefollow f WHERE f.space_id = s.id AND f.level <> 'muted'
          LIMIT 1000) x),
        ARRAY(SELECT g FROM (SELECT unnest(t.tags) AS g FROM (SELECT x.tags FROM threads_thread x
            WHERE x.space_id = s.id AND x.state = 'visible'
            ORDER BY x.last_post_at DESC, x.id DESC LIMIT 100) t) y GROUP BY g ORDER BY count(*) DESC, g LIMIT 10),
        s.colour, s.create_for, s.asks,
        CASE WHEN s.parent_id IS NOT NULL THEN (SELECT json_build_array(a.id, a.slug, a.name, a.icon)
          FROM spaces_space a WHERE a.id = s.parent_id AND a.id IN ({spaces}))::text END,
        (SELECT json_agg(json_build_array(c.id, c.slug, c.name, c.icon) ORDER BY c.position, c.name)
          FROM spaces_space c WHERE c.parent_id = s.id AND NOT c.is_archived AND c.id IN ({spaces}))::text,
        EXISTS (SELECT FROM spaces_spacemembership k WHERE k.space_id = s.id AND k.member_id = %s AND k.is_moderator)
      FROM spaces_space s WHERE s.slug = %s AND s.id IN ({spaces})"""
    me = viewer.pk if viewer else 0
    params = (me, *readable, *readable, me, slug, *readable)
    place = fetch_one(sql, params, _place)
    if place is None:
        raise NotFound()
    return place


def _place(row: Any) -> SpacePlace:
    above = Near._make(json.loads(row[16])) if row[16] else None
    below = [Near._make(one) for one in json.loads(row[17])] if row[17] else []
    values: list[Any] = [*row[:16], above, below, row[18]]
    return SpacePlace(*values)


class Door(NamedTuple):
    """A private space as those see it who may not read it: that it exists, what it is for, and for whom."""

    slug: str
    name: str
    description: str
    icon: str
    colour: str
    see_for: list[str]

    def get_absolute_url(self) -> str:
        """The page that says who gets in."""
        return f"/s/{self.slug}/"


def list_doors(viewer: Member, slug: str = "") -> list[Door]:
    """Return the private spaces whose names members see and which `viewer` may not read; or the one at an address."""
    spaces, readable = readable_spaces(viewer)
    at, which = (" AND s.slug = %s", (slug,)) if slug else ("", ())
    sql = f"""SELECT s.slug, s.name, s.description, s.icon, s.colour, s.see_for FROM spaces_space s
      WHERE s.access = 'private' AND s.is_listed AND NOT s.is_archived AND s.id NOT IN ({spaces}){at}
      ORDER BY s.position, s.name LIMIT 100"""
    return fetch(sql, (*readable, *which), Door._make)
