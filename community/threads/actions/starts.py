"""Beginning threads."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community import rows
from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.screening import Manner, Place, Writing
from community.spaces.models import GATHERED, Kind, Space
from community.spaces.permissions import can_see_space, can_start_thread
from community.spaces.tag_rules import settled_tags
from community.sql import write
from community.threads import composing, counters, limits, screening
from community.threads.actions.details import answers_for
from community.threads.actions.follows import parts_to_follow
from community.threads.actions.polls import checked_poll, insert_poll
from community.threads.auto_close import begin_auto_close
from community.threads.calling import note_calls
from community.threads.composing import Composed
from community.threads.locks import lock_member
from community.threads.models import Mention, Post, Thread
from community.threads.pictures import POST as POSTS
from community.threads.pictures import attach_pictures
from community.threads.polling import PollSpec, with_poll
from community.threads.verbs import THREAD_CREATED
from community.writing.cards import note_cards


def start_thread(
    *,
    actor: Member,
    space: Space,
    title: str,
    body: str,
    kind: str,
    tags: Iterable[str] = (),
    poll: PollSpec | None = None,
    details: Mapping[str, Any] | None = None,
    occurred_at: dt.datetime | None = None,
    manner: Manner | None = None,
    released: bool = False,
) -> Thread:
    """Begin a thread with its first post, with a `poll` in it if wanted; `details` answer what the space asks.

    `occurred_at` is for history that is brought in, never for what is typed.

    `released` is what waited and was counted and judged before. Raises `Refused`, `Invalid`, `Conflict` (`said_already`)
    or `RateLimited`, then nothing changed; or `Held`, when it waits for the team.
    """
    can_see_space(actor, space).require()
    anew = not released and occurred_at is None
    waits = screening.require_or_wait(can_start_thread(actor, space), anew=anew)
    kind = settled_kind(space, kind)
    title = composing.check_title(title)
    body = composing.check_body(body, least=composing.least_body(kind, position=1))
    named_tags = settled_tags(actor, space, composing.check_tags(tags))
    answers = dict(details or {}) or None if released else answers_for(space, details)
    poll = checked_poll(actor, poll) if poll is not None else None
    if not released:
        with composing.same_text_before_limits(actor, body):
            limits.spend_thread(actor)
    composed = composing.compose(actor, space, body)
    writing = None
    if anew:
        writing = screening.look(Place.THREAD, actor, space, composed, title=title, manner=manner)
        title, composed = writing.texts["title"], screening.recomposed(writing, composed)
        named_tags = {**named_tags, **writing.tags}
        if waits:
            writing.hold("silenced")
        packed = screening.packed_poll(poll)
        words = list(named_tags.values())
        screening.hold_back(writing, composed, kind=kind, tags=words, poll=packed, details=answers)
    at = occurred_at or timezone.now()
    thread = Thread(
        space=space,
        author=actor,
        kind=kind,
        title=title,
        tags=list(named_tags),
        created_at=at,
        language=actor.language,
        details=answers,
    )
    return _insert(actor, thread, composed, named_tags, poll, writing)


def settled_kind(space: Space, kind: str) -> str:
    """Return what a thread in `space` is: where ideas, articles or showpieces are gathered, each is one of them."""
    if space.kind in GATHERED:
        return space.kind
    if kind not in Kind.values or kind in GATHERED:
        raise Invalid("kind_unknown", _("Choose what this is: a question or a discussion."))
    return kind


@transaction.atomic
def _insert(
    actor: Member,
    thread: Thread,
    composed: Composed,
    tags: Mapping[str, str],
    poll: PollSpec | None,
    writing: Writing | None,
) -> Thread:
    lock_member(actor)
    composing.refuse_same_text(actor, composed.body_md)
    thread.excerpt = with_poll(composed.excerpt, poll.question) if poll else composed.excerpt
    thread.last_position = 1
    thread.last_post_at = thread.created_at
    thread.last_author = actor
    rows.insert(thread)
    post = insert_post(thread, actor, composed, at=thread.created_at, poll=poll, writing=writing)
    if counters.is_counted(thread, thread.space):
        counters.count_tags((), tags)
    else:
        counters.name_tags(tags)
    counters.count_in_space(thread, thread.space_id, 1)
    if thread.space.auto_close_days:
        begin_auto_close(thread)
    record(
        THREAD_CREATED,
        actor=actor,
        target=thread,
        space_id=thread.space_id,
        payload={
            "thread_id": thread.pk,
            "post_id": post.pk,
            "title": thread.title,
            "kind": thread.kind,
            "tags": thread.tags,
            "excerpt": thread.excerpt[:200],
        },
        occurred_at=thread.created_at,
    )
    for act in writing.after if writing else ():
        act(post)
    return thread


_WRITTEN = "WITH written AS ({post}), {follow} SELECT id FROM written"
_JUDGED = "WITH written AS ({post}), judged AS ({beside}), {follow} SELECT id FROM written"


def insert_post(
    thread: Thread,
    actor: Member,
    composed: Composed,
    *,
    at: dt.datetime,
    reply_to: Post | None = None,
    poll: PollSpec | None = None,
    writing: Writing | None = None,
) -> Post:
    """Insert a post at the thread's `last_position`, which the caller has just taken, with its mentions and its poll.

    Who writes follows the thread, unless they muted it, and has read it so far: one statement with the post.
    """
    post = Post(
        thread=thread,
        author=actor,
        position=thread.last_position,
        reply_to=reply_to,
        body_md=composed.body_md,
        body_html=composed.body_html,
        render_version=composed.render_version,
        has_poll=poll is not None,
        created_at=at,
    )
    sql, values = rows.insertion(post)
    follow, followed = parts_to_follow(actor, thread)
    if writing is not None and writing.beside is not None:
        beside, kept = writing.beside
        told = _JUDGED.format(post=sql, beside=beside, follow=follow)
        ((pk,),) = write(told, (*values, *kept, *followed))
    else:
        ((pk,),) = write(_WRITTEN.format(post=sql, follow=follow), (*values, *followed))
    rows.inserted(post, pk)
    if composed.mentioned_ids:
        Mention.objects.bulk_create([Mention(post=post, member_id=pk) for pk in composed.mentioned_ids])
    note_calls(actor, post, composed.group_ids)
    attach_pictures(actor, post, composed)
    if composed.lone:
        note_cards(POSTS, post.pk, composed.lone, later=composed.asks_later)
    if poll is not None:
        insert_poll(actor, post, poll, at=at)
    return post
