"""The thread page: two statements, one for the thread as its viewer stands to it and one for the posts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext, ngettext

from community.errors import NotFound
from community.members.models import Member
from community.sql import fetch, fetch_one
from community.threads.models import sees_hidden
from community.threads.queries.cursors import Cursor
from community.threads.queries.heads import thread_head
from community.threads.queries.polls import POLL, read_poll
from community.threads.queries.rows import AUTHOR, PAGE, Author, PostRow, ThreadHead, page_start

_POSTS = f"""
SELECT p.id, p.position, p.body_html, p.state, p.state_reason, p.reactions::text, p.edit_count, p.edited_at,
       p.is_wiki, p.created_at, p.reply_to_id, q.position, COALESCE(w.name, ''),
       ARRAY(SELECT x.kind FROM threads_reaction x WHERE x.post_id = p.id AND x.member_id = %s),
       EXISTS (SELECT 1 FROM threads_bookmark b WHERE b.post_id = p.id AND b.member_id = %s),
       CASE WHEN p.has_poll THEN ({POLL}) END,
       {AUTHOR}
  FROM ({{inner}}) p
  LEFT JOIN members_member u ON u.id = p.author_id
  LEFT JOIN threads_post q ON q.id = p.reply_to_id AND q.thread_id = p.thread_id
  LEFT JOIN members_member w ON w.id = q.author_id
"""

_COLUMNS = """p.id, p.thread_id, p.position, p.body_html, p.state, p.state_reason, p.reactions, p.edit_count, p.edited_at,
  p.is_wiki, p.created_at, p.reply_to_id, p.author_id, p.has_poll"""
_HELPFUL = "COALESCE((p.reactions->>'helpful')::int, 0)"


@dataclass(slots=True)
class ThreadPage:
    """One page of a thread, ready to be shown."""

    thread: ThreadHead
    after: int
    by_help: bool
    question: PostRow | None = None
    accepted: PostRow | None = None
    replies: list[PostRow] = field(default_factory=list)
    people: list[Author] = field(default_factory=list)
    new_count: int = 0
    first_new: PostRow | None = None
    team_reply: PostRow | None = None
    last_shown: int = 0
    next_after: str = ""

    def rows(self) -> Iterator[PostRow]:
        """Every post on the page, in reading order."""
        if self.question is not None:
            yield self.question
        if self.accepted is not None:
            yield self.accepted
        for reply in self.replies:
            yield reply
            yield from reply.answers

    @property
    def before(self) -> int:
        """After which position the page before this one begins."""
        return max(self.after - PAGE, 0)

    @property
    def last_start(self) -> int:
        """After which position the last page begins."""
        return page_start(max(self.thread.last_position, 1))

    def accepted_note(self) -> str:
        """Say how many the accepted answer has helped."""
        helped = self.accepted.counts.get("helpful", 0) if self.accepted else 0
        if not helped:
            return gettext("This is what worked.")
        return ngettext("%(n)s person says it helped them.", "%(n)s people say it helped them.", helped) % {
            "n": helped
        }

    @property
    def is_first(self) -> bool:
        """Whether the thread begins on this page."""
        return self.after == 0

    @property
    def is_whole(self) -> bool:
        """Whether everything said in the thread is on this page."""
        return self.is_first and not self.next_after


def thread_page(viewer: Member | None, pk: int, *, after: int = 0) -> ThreadPage:
    """Return the posts after a position, oldest first, with the accepted answer on the first page."""
    head = thread_head(viewer, pk)
    inner = _window(viewer, "p.position > %s", "p.position")
    params: tuple[Any, ...] = (head.pk, after)
    if after == 0 and head.accepted_post_id is not None:
        inner = f"({inner}) UNION ALL ({_one(viewer)})"
        params = (*params, head.accepted_post_id)
    rows = _fetch_posts(viewer, inner, params, "p.position")
    page = ThreadPage(head, after, by_help=False)
    shown = _only_once(rows)
    if len(_in_window(shown, head)) > PAGE:
        last = _in_window(shown, head)[PAGE - 1].position
        page.next_after = str(last)
        shown = [row for row in shown if row.position <= last or row.pk == head.accepted_post_id]
    _arrange(page, shown)
    return page


def thread_page_by_help(viewer: Member | None, pk: int, *, after: Cursor | None = None) -> ThreadPage:
    """Return the replies that helped most first; the question and the answer lead the first page."""
    head = thread_head(viewer, pk)
    place = f"({_HELPFUL}, -p.position) < (%s, -%s) AND p.position > 1" if after else "p.position > 1"
    inner = _window(viewer, place, f"{_HELPFUL} DESC, p.position")
    params: tuple[Any, ...] = (head.pk, *(after or ()))
    if after is None:
        inner = f"({inner}) UNION ALL ({_one(viewer)}) UNION ALL ({_first(viewer)})"
        params = (*params, head.accepted_post_id or 0, head.pk)
    rows = _only_once(_fetch_posts(viewer, inner, params, f"{_HELPFUL} DESC, p.position"))
    page = ThreadPage(head, after.pk if after else 0, by_help=True)
    replies = [row for row in rows if row.position > 1 and row.pk != head.accepted_post_id]
    if len(replies) > PAGE:
        last = replies[PAGE - 1]
        page.next_after = str(Cursor(last.counts.get("helpful", 0), last.position))
        replies = replies[:PAGE]
    page.question = next((row for row in rows if row.position == 1), None)
    page.accepted = next((row for row in rows if row.pk == head.accepted_post_id), None)
    page.replies = replies
    page.last_shown = head.last_position
    _meet(page, rows)
    return page


def posts_after(viewer: Member | None, head: ThreadHead, position: int) -> list[PostRow]:
    """Return what was said after a position, at most a page."""
    inner = _window(viewer, "p.position > %s", "p.position")
    return _fetch_posts(viewer, inner, (head.pk, position), "p.position")[:PAGE]


def last_place(viewer: Member | None, head: ThreadHead) -> int:
    """Return where the last post stands that `viewer` may read: asked only where a page turned out empty."""
    shown = "" if sees_hidden(viewer) else " AND p.state = 'visible'"
    sql = f"SELECT COALESCE(max(p.position), 0) FROM threads_post p WHERE p.thread_id = %s{shown}"
    return fetch_one(sql, (head.pk,), lambda row: int(row[0])) or 0


def count_after(viewer: Member | None, head: ThreadHead, position: int) -> int:
    """Return how many posts came after a position that someone else than the viewer wrote; at most a page."""
    return sum(1 for row in posts_after(viewer, head, position) if not _is_by(viewer, row))


def post_row(viewer: Member | None, pk: int) -> PostRow:
    """Return one post as the page shows it. Callers obtained its thread through a `get_…_for`."""
    rows = _fetch_posts(viewer, _one(viewer), (pk,), "p.position")
    if not rows:
        raise NotFound()
    return rows[0]


def _window(viewer: Member | None, place: str, order: str) -> str:
    shown = "" if sees_hidden(viewer) else " AND p.state = 'visible'"
    return (
        f"SELECT {_COLUMNS} FROM threads_post p WHERE p.thread_id = %s AND {place}{shown}"
        f" ORDER BY {order} LIMIT {PAGE + 1}"
    )


def _one(viewer: Member | None) -> str:
    shown = "" if sees_hidden(viewer) else " AND p.state = 'visible'"
    return f"SELECT {_COLUMNS} FROM threads_post p WHERE p.id = %s{shown}"


def _first(viewer: Member | None) -> str:
    shown = "" if sees_hidden(viewer) else " AND p.state = 'visible'"
    return f"SELECT {_COLUMNS} FROM threads_post p WHERE p.thread_id = %s AND p.position = 1{shown}"


def _fetch_posts(viewer: Member | None, inner: str, params: tuple[Any, ...], order: str) -> list[PostRow]:
    me = viewer.pk if viewer else 0
    return fetch(_posts_of(inner, order), (me, me, me, *params), _post_row)


@lru_cache(maxsize=32)
def _posts_of(inner: str, order: str) -> str:
    return f"{_POSTS.format(inner=inner)} ORDER BY {order}"


def _post_row(row: Any) -> PostRow:
    counts = json.loads(row[5]) if row[5] != "{}" else {}
    author = Author._make(row[16:]) if row[16] is not None else None
    poll = read_poll(row[15]) if row[15] is not None else None
    values: list[Any] = [*row[:5], counts, *row[6:13], frozenset(row[13]), row[14], author, [], False, poll]
    return PostRow(*values)


def _only_once(rows: list[PostRow]) -> list[PostRow]:
    return list({row.pk: row for row in rows}.values())


def _in_window(rows: list[PostRow], head: ThreadHead) -> list[PostRow]:
    """The rows that the keyset gave: the accepted answer may have been fetched from further down."""
    if len(rows) <= PAGE:
        return rows
    return [row for row in rows if row.pk != head.accepted_post_id or row.position <= rows[PAGE].position]


def _arrange(page: ThreadPage, rows: list[PostRow]) -> None:
    """Put question, answer and replies where they are read; replies to a reply go under it, one level deep."""
    head = page.thread
    tops: dict[int | None, PostRow] = {}
    for row in rows:
        row.is_new = 0 < head.last_read < row.position
        page.last_shown = (
            max(page.last_shown, row.position) if row.pk != head.accepted_post_id else page.last_shown
        )
        if row.position == 1:
            page.question = row
        elif row.pk == head.accepted_post_id and page.is_first:
            page.accepted = row
        else:
            top = tops.get(row.reply_to_id)
            (page.replies if top is None else top.answers).append(row)
            tops[row.pk] = top or row
    fresh = [row for row in rows if row.is_new and row.position > 1]
    page.new_count = len(fresh)
    page.first_new = next((row for row in page.replies if row.is_new), None)
    page.last_shown = max(page.last_shown, page.after)
    _meet(page, rows)


def _meet(page: ThreadPage, rows: list[PostRow]) -> None:
    people = {row.author.pk: row.author for row in rows if row.author is not None}
    page.people = list(people.values())
    replies = [row for row in rows if row.position > 1 and row is not page.accepted]
    page.team_reply = next((row for row in replies if row.author and row.author.team_title), None)


def _is_by(viewer: Member | None, row: PostRow) -> bool:
    return viewer is not None and row.author is not None and row.author.pk == viewer.pk
