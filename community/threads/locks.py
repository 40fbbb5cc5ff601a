"""The one order in which this feature locks rows: thread, then posts, then tags, spaces and members, each by id.

`FOR NO KEY UPDATE` keeps two changes of a thread apart without stopping rows that only point to it.
"""

from collections.abc import Iterable

from community import rows
from community.errors import NotFound
from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.sql import fetch_one
from community.threads.models import Post, Thread
from community.threads.queries.access import build_thread, thread_with_space
from community.threads.steering import ThreadState


class Merged(NotFound):
    """The thread was merged into another meanwhile: `queries.get_thread_for` leads there."""


def lock_thread(actor: Member | None, pk: int) -> Thread:
    """Lock and return the thread as it is now, whatever its state, with its space.

    Raises `NotFound` when it is gone, or when `actor` may not read its space, and `Merged` when nothing is in it any
    more. Without an actor a rule of the community acts, which may read everything.
    """
    inside, params = "", [pk]
    if actor is not None:
        spaces, readable = readable_spaces(actor)
        inside = f" AND t.space_id IN ({spaces})"
        params += readable
    sql = f"{thread_with_space()} WHERE t.id = %s{inside} FOR NO KEY UPDATE OF t"
    thread = fetch_one(sql, params, build_thread)
    if thread is None:
        raise NotFound()
    if thread.state == ThreadState.MERGED:
        raise Merged()
    return thread


def lock_threads(actor: Member | None, pks: Iterable[int]) -> dict[int, Thread]:
    """Lock several threads in the order of their ids. Raises as `lock_thread` does."""
    return {pk: lock_thread(actor, pk) for pk in sorted(set(pks))}


def lock_post(thread: Thread, pk: int) -> Post:
    """Lock and return a post of a thread that is locked already. Raises `NotFound` when it is not in there."""
    sql = f"SELECT {rows.columns(Post, 'p')} FROM threads_post p WHERE p.id = %s AND p.thread_id = %s FOR NO KEY UPDATE"  # noqa: S608 - names of columns
    post = fetch_one(sql, (pk, thread.pk), lambda values: rows.build(Post, values))
    if post is None:
        raise NotFound()
    post.thread = thread
    return post


def lock_member(member: Member) -> None:
    """Make a member's own next writes wait for this one."""
    sql = "SELECT id FROM members_member WHERE id = %s FOR NO KEY UPDATE"
    if fetch_one(sql, (member.pk,), tuple) is None:
        raise Member.DoesNotExist
