"""Accepting answers."""

from django.db import transaction
from django.utils import timezone

from community.activity.record import record
from community.activity.registry import Verb
from community.members.actions import add_to_counters
from community.members.models import Member
from community.threads import limits
from community.threads.locks import lock_post, lock_thread
from community.threads.models import Post, Thread
from community.threads.permissions import can_accept, can_decide_answer
from community.threads.verbs import ANSWER_ACCEPTED, ANSWER_UNACCEPTED


def accept_answer(*, actor: Member, post: Post) -> Thread:
    """Make `post` the accepted answer of its question, in place of another. Doing it twice changes nothing.

    Raises `Refused`, `RateLimited` or `NotFound`.
    """
    can_accept(actor, post).require()
    limits.ACCEPT_ANSWER.spend(actor)
    return _accept(actor, post)


def unaccept_answer(*, actor: Member, thread: Thread) -> Thread:
    """Say that `thread` has no accepted answer. Raises `Refused`, `RateLimited` or `NotFound`."""
    can_decide_answer(actor, thread).require()
    limits.ACCEPT_ANSWER.spend(actor)
    with transaction.atomic():
        locked = lock_thread(actor, thread.pk)
        can_decide_answer(actor, locked).require()
        withdraw_answer(actor, locked)
    return locked


@transaction.atomic
def _accept(actor: Member, post: Post) -> Thread:
    thread = lock_thread(actor, post.thread_id)
    fresh = lock_post(thread, post.pk)
    can_accept(actor, fresh).require()
    if thread.accepted_post_id == fresh.pk:
        return thread
    before = _previous(thread)
    thread.accepted_post = fresh
    thread.accepted_at = timezone.now()
    thread.save(update_fields=["accepted_post", "accepted_at"])
    _move_counters(thread, before, fresh)
    if before is not None:
        _record(ANSWER_UNACCEPTED, actor, thread, before)
    _record(ANSWER_ACCEPTED, actor, thread, fresh)
    return thread


def withdraw_answer(actor: Member | None, thread: Thread) -> None:
    """Take the accepted answer off a locked thread, if it has one: unaccepted, deleted or hidden."""
    before = _previous(thread)
    if before is None:
        return
    thread.accepted_post = None
    thread.accepted_at = None
    thread.save(update_fields=["accepted_post", "accepted_at"])
    _move_counters(thread, before, None)
    _record(ANSWER_UNACCEPTED, actor, thread, before)


def _previous(thread: Thread) -> Post | None:
    if thread.accepted_post_id is None:
        return None
    return Post.objects.filter(pk=thread.accepted_post_id).first()


def _move_counters(thread: Thread, before: Post | None, after: Post | None) -> None:
    """Answers to one's own question do not count. Members are touched in the order of their ids."""
    steps: dict[int, int] = {}
    for post, step in ((before, -1), (after, 1)):
        if post is not None and post.author_id is not None and post.author_id != thread.author_id:
            steps[post.author_id] = steps.get(post.author_id, 0) + step
    for member_id, step in sorted(steps.items()):
        if step:
            add_to_counters(actor=None, member_id=member_id, accepted_count=step)


def _record(verb: Verb, actor: Member | None, thread: Thread, post: Post) -> None:
    record(
        verb,
        actor=actor,
        target=post,
        space_id=thread.space_id,
        payload={
            "thread_id": thread.pk,
            "thread_title": thread.title,
            "post_id": post.pk,
            "post_author_id": post.author_id,
            "asker_id": thread.author_id,
        },
    )
