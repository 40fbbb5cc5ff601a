"""What a member keeps for later."""

import datetime as dt
from typing import Any, NamedTuple

from django.utils.text import Truncator

from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.sql import fetch
from community.threads.plain import plain
from community.threads.queries.access import readable_posts
from community.threads.queries.cursors import Cursor
from community.threads.queries.rows import AUTHOR, Author

PAGE = 20


class Kept(NamedTuple):
    """A bookmarked post."""

    bookmark_pk: int
    pk: int
    position: int
    title: str
    html: str
    space_slug: str
    space_name: str
    created_at: dt.datetime
    author: Author | None

    def get_absolute_url(self) -> str:
        """The post."""
        return f"/p/{self.pk}/"

    @property
    def excerpt(self) -> str:
        """Its first words."""
        return Truncator(plain(self.html)).chars(220)


class KeptPage(NamedTuple):
    """One page of bookmarks."""

    posts: list[Kept]
    after: Cursor | None


def list_bookmarks(viewer: Member, after: Cursor | None = None) -> KeptPage:
    """Return the posts `viewer` keeps and may still read, the last kept first."""
    spaces, readable = readable_spaces(viewer)
    shown = readable_posts(viewer)
    place = " AND b.id < %s" if after else ""
    sql = f"""SELECT b.id, p.id, p.position, t.title, left(p.body_html, 900), s.slug, s.name, p.created_at, {AUTHOR}
      FROM threads_bookmark b JOIN threads_post p ON p.id = b.post_id JOIN threads_thread t ON t.id = p.thread_id
      JOIN spaces_space s ON s.id = t.space_id LEFT JOIN members_member u ON u.id = p.author_id
      WHERE b.member_id = %s AND t.space_id IN ({spaces}){shown}{place} ORDER BY b.id DESC LIMIT {PAGE + 1}"""
    rows = fetch(sql, (viewer.pk, *readable, *((after.pk,) if after else ())), _kept)
    more = len(rows) > PAGE
    return KeptPage(rows[:PAGE], Cursor(0, rows[PAGE - 1].bookmark_pk) if more else None)


def _kept(row: Any) -> Kept:
    values: list[Any] = [*row[:8], Author._make(row[8:]) if row[8] is not None else None]
    return Kept(*values)
