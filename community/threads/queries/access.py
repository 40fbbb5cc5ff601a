"""The only ways a thread or post enters a request: absent and hidden look alike.

Every write begins here, so the statements are written by hand and prepared; the visibility of spaces in them is
`visible_to`, compiled.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from community import rows
from community.errors import NotFound
from community.members.models import Member
from community.spaces.models import Space
from community.spaces.visibility import readable_spaces
from community.sql import fetch_one
from community.threads.models import Post, Thread, sees_hidden
from community.threads.steering import READABLE_SQL

# What a viewer may open by its address, for a thread `t`: a merged thread is opened by nobody, it leads on.
_SHOWN = f" AND t.state IN {READABLE_SQL}"
_NOT_MERGED = " AND t.state <> 'merged'"

_MERGED_INTO = (
    "SELECT target_id FROM threads_regrouping WHERE source_id = %s AND kind = 'merge' AND undone_at IS NULL"
)


def readable_threads(viewer: Member | None) -> str:
    """Return the condition, with its AND, that the state of a thread `t` lets `viewer` open it by its address."""
    return _NOT_MERGED if sees_hidden(viewer) else _SHOWN


def readable_posts(viewer: Member | None) -> str:
    """Return the same for a post `p` of a thread `t`."""
    return _NOT_MERGED if sees_hidden(viewer) else f"{_SHOWN} AND p.state = 'visible'"


def merged_into(pk: int) -> int | None:
    """Return the thread that one leads on to since they were merged: asked only where nothing was found."""
    return fetch_one(_MERGED_INTO, (pk,), lambda row: int(row[0]))


def get_thread_for(viewer: Member | None, pk: int) -> Thread:
    """Return the thread with its space if `viewer` may read it; of a merged one, that which it was merged into.

    Raises `NotFound` otherwise.
    """
    spaces, readable = readable_spaces(viewer)
    sql = f"{thread_with_space()} WHERE t.id = %s AND t.space_id IN ({spaces}){readable_threads(viewer)}"
    thread = fetch_one(sql, (pk, *readable), build_thread)
    if thread is None:
        target = merged_into(pk)
        if target is None:
            raise NotFound()
        return get_thread_for(viewer, target)
    return thread


def threads_among(viewer: Member, pks: Iterable[int], *, put_away: bool = False) -> list[Thread]:
    """Return those of the threads that `viewer` may read, with their spaces, by number. Others are left out.

    With `put_away` also what is not shown in spaces they may read: only for numbers of threads they put away themselves.
    """
    if put_away:
        found = Thread.objects.filter(space__in=Space.objects.visible_to(viewer))
    else:
        found = Thread.objects.visible_to(viewer)
    return list(found.filter(pk__in=list(pks)).select_related("space").order_by("pk"))


def get_post_for(viewer: Member | None, pk: int) -> Post:
    """Return the post with its thread, space and author if `viewer` may read it. Raises `NotFound` otherwise."""
    spaces, readable = readable_spaces(viewer)
    shown = readable_posts(viewer)
    sql = f"""SELECT {rows.columns(Post, "p")}, {rows.columns(Thread, "t")}, {rows.columns(Space, "s")},
        {rows.columns(Member, "u")}
      FROM threads_post p JOIN threads_thread t ON t.id = p.thread_id JOIN spaces_space s ON s.id = t.space_id
      LEFT JOIN members_member u ON u.id = p.author_id
      WHERE p.id = %s AND t.space_id IN ({spaces}){shown}"""
    post = fetch_one(sql, (pk, *readable), _build_post)
    if post is None:
        raise NotFound()
    return post


def get_own_post(actor: Member, pk: int) -> Post:
    """Return a post that `actor` may read, or wrote and deleted in a space they may read."""
    found = Post.objects.select_related("thread__space", "author").filter(pk=pk, author=actor)
    mine = found.filter(thread__space__in=Space.objects.visible_to(actor)).first()
    return mine if mine is not None else get_post_for(actor, pk)


def thread_with_space() -> str:
    """Return the beginning of a statement that reads threads as `t` for `build_thread`."""
    return (
        f"SELECT {rows.columns(Thread, 't')}, {rows.columns(Space, 's')}"
        " FROM threads_thread t JOIN spaces_space s ON s.id = t.space_id"
    )


def build_thread(values: Sequence[Any]) -> Thread:
    """Return a thread with its space, from the columns of both."""
    cut = rows.width(Thread)
    thread = rows.build(Thread, values[:cut])
    rows.join(thread, "space", rows.build(Space, values[cut:]))
    return thread


def _build_post(values: Sequence[Any]) -> Post:
    cut = rows.width(Post)
    member = cut + rows.width(Thread) + rows.width(Space)
    post = rows.build(Post, values[:cut])
    rows.join(post, "thread", build_thread(values[cut:member]))
    rows.join(post, "author", rows.build(Member, values[member:]) if post.author_id is not None else None)
    return post
