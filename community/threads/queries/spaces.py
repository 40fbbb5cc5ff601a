"""Spaces with what is going on in them: the directory, and the head of a space's own page."""

import datetime as dt
from typing import NamedTuple

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

    def get_absolute_url(self) -> str:
        """The list of its threads."""
        return f"/s/{self.slug}/"


def space_cards(viewer: Member | None) -> list[SpaceCard]:
    """Return every space a viewer may read, in their order, archives last."""
    spaces, readable = readable_spaces(viewer)
    sql = f"""SELECT s.id, s.slug, s.name, s.description, s.access, s.icon, s.is_archived, s.thread_count,
        f.id IS NOT NULL, t.id, COALESCE(t.title, ''), t.last_post_at
      FROM spaces_space s
      LEFT JOIN spaces_spacefollow f ON f.space_id = s.id AND f.member_id = %s AND f.level <> 'muted'
      LEFT JOIN LATERAL (SELECT x.id, x.title, x.last_post_at FROM threads_thread x
        WHERE x.space_id = s.id AND x.state = 'visible'
        ORDER BY x.last_post_at DESC, x.id DESC LIMIT 1) t ON true
      WHERE s.id IN ({spaces}) ORDER BY s.is_archived, s.position, s.name LIMIT 200"""
    return fetch(sql, (viewer.pk if viewer else 0, *readable), SpaceCard._make)


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
            ORDER BY x.last_post_at DESC, x.id DESC LIMIT 100) t) y GROUP BY g ORDER BY count(*) DESC, g LIMIT 10)
      FROM spaces_space s WHERE s.slug = %s AND s.id IN ({spaces})"""
    place = fetch_one(sql, (viewer.pk if viewer else 0, slug, *readable), SpacePlace._make)
    if place is None:
        raise NotFound()
    return place
