"""Replying."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid, NotFound
from community.members.models import Member
from community.screening import Manner, Place, Writing
from community.sql import write
from community.threads import composing, limits, screening
from community.threads.actions.care import record_care
from community.threads.actions.polls import checked_poll
from community.threads.actions.starts import insert_post
from community.threads.composing import Composed
from community.threads.locks import Merged, lock_thread
from community.threads.models import Post, State, Thread
from community.threads.permissions import can_reply
from community.threads.polling import PollSpec, with_poll
from community.threads.queries.access import get_thread_for
from community.threads.slow_mode import check_pace
from community.threads.steering import READABLE
from community.threads.verbs import POST_CREATED, QUESTION_INFO_GIVEN


def reply_to_thread(
    *,
    actor: Member,
    thread: Thread,
    body: str,
    reply_to: Post | None = None,
    poll: PollSpec | None = None,
    occurred_at: dt.datetime | None = None,
    manner: Manner | None = None,
    released: bool = False,
) -> Post:
    """Reply in `thread`, to a certain post of it when `reply_to` is given, and follow the thread.

    `occurred_at` is for history that is brought in, never for what is typed; `released` for what waited, and was counted
    and judged before. Raises `Refused`, `Invalid`, `Conflict` (`said_already`), `RateLimited` or `NotFound`, then nothing
    changed; or `Held`, when it waits for the team.
    """
    anew = not released and occurred_at is None
    waits = screening.require_or_wait(can_reply(actor, thread), anew=anew)
    if reply_to is not None and (reply_to.thread_id != thread.pk or reply_to.state != State.VISIBLE):
        raise Invalid(
            "reply_to_elsewhere", _("The post you answer is no longer shown. You can reply to the thread.")
        )
    body = composing.check_body(body)
    poll = checked_poll(actor, poll) if poll is not None else None
    if not released:
        with composing.same_text_before_limits(actor, body):
            limits.spend_reply(actor)
    composed = composing.compose(actor, thread.space, body)
    writing = None
    if anew:
        writing = screening.look(Place.REPLY, actor, thread.space, composed, manner=manner)
        composed = screening.recomposed(writing, composed)
        if waits:
            writing.hold("silenced")
        if writing.grounds:
            answered, packed = reply_to.pk if reply_to else None, screening.packed_poll(poll)
            screening.hold_back(writing, composed, thread=thread, reply_to=answered, poll=packed)
    try:
        return _insert(actor, thread.pk, composed, reply_to, poll, occurred_at, writing)
    except Merged:
        # Merged between the press and now: what was typed goes where the conversation went on.
        onwards = get_thread_for(actor, thread.pk)
        return _insert(actor, onwards.pk, composed, reply_to, poll, occurred_at, writing)


@transaction.atomic
def _insert(
    actor: Member,
    thread_pk: int,
    composed: Composed,
    reply_to: Post | None,
    poll: PollSpec | None,
    occurred_at: dt.datetime | None,
    writing: Writing | None,
) -> Post:
    thread = lock_thread(actor, thread_pk)
    # Looked at under the lock, so that places and times of replies run the same way.
    at = occurred_at or timezone.now()
    if thread.state not in READABLE and not actor.is_at_least("moderator"):
        raise NotFound()
    can_reply(actor, thread).require()
    if writing is not None:
        check_pace(actor, thread)
    informs = _take_place(thread, actor, composed.body_md, at)
    post = insert_post(thread, actor, composed, at=at, reply_to=reply_to, poll=poll, writing=writing)
    excerpt = with_poll(composed.excerpt, poll.question) if poll else composed.excerpt
    record(
        POST_CREATED,
        actor=actor,
        target=post,
        space_id=thread.space_id,
        payload={
            "thread_id": thread.pk,
            "thread_title": thread.title,
            "thread_kind": thread.kind,
            "thread_author_id": thread.author_id,
            "position": post.position,
            "reply_to_author_id": reply_to.author_id if reply_to else None,
            "mentioned_ids": list(composed.mentioned_ids),
            "excerpt": excerpt[:200],
        },
        occurred_at=at,
    )
    if informs:
        record_care(QUESTION_INFO_GIVEN, actor, thread, post_id=post.pk)
    for act in writing.after if writing else ():
        act(post)
    return post


# A reply ends what it was waited for: the claim of its writer, and what the asker was asked for.
_TAKE_PLACE = """
WITH taken AS (
  UPDATE threads_thread SET last_position = %s, reply_count = %s, last_post_at = %s, last_author_id = %s
   WHERE id = %s AND NOT {again} RETURNING id, author_id
), ended AS (
  UPDATE threads_questioncare c SET claimed_by_id = NULL, claimed_until = NULL FROM taken
   WHERE c.thread_id = taken.id AND c.claimed_by_id = %s
), told AS (
  UPDATE threads_questioncare c SET missing = '', missing_by_id = NULL, missing_at = NULL, nudged_at = NULL FROM taken
   WHERE c.thread_id = taken.id AND taken.author_id = %s AND c.missing <> '' RETURNING c.thread_id
)
SELECT EXISTS (SELECT FROM told) FROM taken
"""


def _take_place(thread: Thread, actor: Member, body: str, at: dt.datetime) -> bool:
    """Give the next place of a locked thread to a reply of `actor`, unless they said the very same just now.

    Returns whether the reply is what the question was missing.
    """
    thread.last_position += 1
    thread.reply_count += 1
    thread.last_post_at = max(thread.last_post_at, at)
    thread.last_author = actor
    again, spoken = composing.said_just_now(actor, body)
    taken = write(
        _TAKE_PLACE.format(again=again),
        (
            thread.last_position,
            thread.reply_count,
            thread.last_post_at,
            actor.pk,
            thread.pk,
            *spoken,
            actor.pk,
            actor.pk,
        ),
    )
    if not taken:
        raise composing.said_already()
    return bool(taken[0][0])
