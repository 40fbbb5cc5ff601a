"""Says what an imported thread means in our verbs, so that its history can be heard by every consumer."""

from collections.abc import Iterator
from typing import Any

from community.activity.record import Happening
from community.importing.rows import PostRow, PreparedThread, ThreadRow
from community.threads.verbs import ANSWER_ACCEPTED, POST_CREATED, THREAD_CREATED

THREAD, POST = "threads.thread", "threads.post"
EXCERPT = 200


def happenings_of(item: PreparedThread, thread: ThreadRow, posts: list[PostRow]) -> Iterator[Happening]:
    """Yield the thread's beginning, its replies and its accepted answer, each at the time it happened."""
    authors = {post.id: post.author_id for post in posts}
    excerpts = [rendered.excerpt[:EXCERPT] for _source, rendered in item.rendered]
    yield _happening(
        THREAD_CREATED,
        thread.author_id,
        THREAD,
        thread,
        thread.id,
        {
            "thread_id": thread.id,
            "post_id": posts[0].id,
            "title": thread.title,
            "kind": thread.kind,
            "tags": thread.tags,
            "excerpt": excerpts[0],
        },
        posts[0],
    )
    for post, excerpt, (_source, rendered) in zip(posts[1:], excerpts[1:], item.rendered[1:], strict=True):
        payload = {
            "thread_id": thread.id,
            "thread_title": thread.title,
            "thread_kind": thread.kind,
            "thread_author_id": thread.author_id,
            "position": post.position,
            "reply_to_author_id": authors.get(post.reply_to_id) if post.reply_to_id else None,
            "mentioned_ids": [mention.pk for mention in rendered.mentioned],
            "excerpt": excerpt,
        }
        yield _happening(POST_CREATED, post.author_id, POST, thread, post.id, payload, post)
    if thread.accepted_post_id and thread.accepted_at:
        payload = {
            "thread_id": thread.id,
            "thread_title": thread.title,
            "post_id": thread.accepted_post_id,
            "post_author_id": authors[thread.accepted_post_id],
            "asker_id": thread.author_id,
        }
        accepted = next(post for post in posts if post.id == thread.accepted_post_id)
        happening = _happening(
            ANSWER_ACCEPTED, thread.author_id, THREAD, thread, thread.id, payload, accepted
        )
        happening.occurred_at = thread.accepted_at
        yield happening


def _happening(
    verb: Any,
    actor_id: int | None,
    kind: str,
    thread: ThreadRow,
    pk: int,
    payload: dict[str, Any],
    post: PostRow,
) -> Happening:
    return Happening(
        verb=verb,
        actor_id=actor_id,
        target_type=kind,
        target_pk=pk,
        payload=payload,
        occurred_at=post.created_at,
        space_id=thread.space_id,
    )
