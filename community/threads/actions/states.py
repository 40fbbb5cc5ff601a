"""Deleting and restoring one's own posts, and hiding, removing and showing those of others."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid, Refused
from community.members.models import Member
from community.threads import counters, limits
from community.threads.actions.answers import withdraw_answer
from community.threads.locks import lock_post, lock_thread
from community.threads.models import Post, State, Thread
from community.threads.permissions import can_delete_post, can_moderate_thread, can_restore_post
from community.threads.steered import listing_of
from community.threads.steering import READABLE
from community.threads.verbs import POST_STATE_CHANGED
from community.writing.cards import withdraw_own_cards
from community.writing.limited import render_limited

DECISIONS = (State.VISIBLE, State.HIDDEN, State.REMOVED)


def delete_post(*, actor: Member, post: Post) -> Post:
    """Delete one's own post; for a day it can be brought back.

    A first post takes its thread along while nobody else has replied; after that it leaves an empty place.
    Raises `Refused`, `RateLimited` or `NotFound`.
    """
    can_delete_post(actor, post).require()
    limits.DELETE_POST.spend(actor)
    with transaction.atomic():
        thread, fresh = _hold(actor, post)
        can_delete_post(actor, fresh).require()
        fresh.deleted_at = timezone.now()
        _apply(actor, thread, fresh, State.DELETED, reason="", excerpt="")
    return fresh


def restore_post(*, actor: Member, post: Post) -> Post:
    """Bring one's own deleted post back, within a day. Raises `Refused` or `NotFound`."""
    can_restore_post(actor, post).require()
    excerpt = _excerpt_for(post)
    with transaction.atomic():
        thread, fresh = _hold(actor, post)
        can_restore_post(actor, fresh).require()
        fresh.deleted_at = None
        _apply(actor, thread, fresh, State.VISIBLE, reason="", excerpt=excerpt)
    return fresh


def set_post_state(*, actor: Member, post: Post, state: str, reason: str) -> Post:
    """Decide as a moderator whether `post` is shown: visible, hidden or removed. A first post takes its thread along.

    What its author has deleted stays deleted when a decision about it is taken back.
    Raises `Refused`, `Invalid` or `NotFound`.
    """
    can_moderate_thread(actor, post.thread).require()
    _check_decision(state)
    excerpt = _excerpt_for(post)
    with transaction.atomic():
        thread, fresh = _hold(actor, post)
        can_moderate_thread(actor, thread).require()
        _decide(actor, thread, fresh, state, reason, excerpt)
    return fresh


def set_post_state_by_rule(*, post: Post, state: str, reason: str) -> Post:
    """Do the same because a rule of the community says so (a watched word, many reports), with nobody as the actor.

    A rule hides what is shown: what somebody removed or deleted at this moment stays as they left it.
    """
    _check_decision(state)
    excerpt = _excerpt_for(post)
    with transaction.atomic():
        thread, fresh = _hold(None, post)
        if state != State.HIDDEN or fresh.state == State.VISIBLE:
            _decide(None, thread, fresh, state, reason, excerpt)
    return fresh


def _check_decision(state: str) -> None:
    if state not in DECISIONS:
        raise Invalid("state_unknown", _("Choose whether to show, hide or remove this."))


def _hold(actor: Member | None, post: Post) -> tuple[Thread, Post]:
    thread = lock_thread(actor, post.thread_id)
    return thread, lock_post(thread, post.pk)


def _excerpt_for(post: Post) -> str:
    """Return the excerpt a first post gives its thread when shown again; rendered before anything is locked."""
    return render_limited(post.body_md).excerpt if post.position == 1 else ""


def _decide(actor: Member | None, thread: Thread, post: Post, state: str, reason: str, excerpt: str) -> None:
    if state == State.VISIBLE and post.state == State.DELETED:
        raise Refused("deleted_by_author", _("Its author deleted this. Only they can bring it back."))
    after = State.DELETED if state == State.VISIBLE and post.deleted_at else State(state)
    if after != post.state:
        _apply(actor, thread, post, after, reason=reason[:300], excerpt=excerpt)


def _apply(
    actor: Member | None, thread: Thread, post: Post, after: State, *, reason: str, excerpt: str
) -> None:
    before = post.state
    post.state = after
    post.state_reason = reason
    post.save(update_fields=["state", "state_reason", "deleted_at"])
    if post.position > 1:
        thread.reply_count += (after == State.VISIBLE) - (before == State.VISIBLE)
        thread.save(update_fields=["reply_count"])
    else:
        _apply_to_thread(thread, post, excerpt)
    if State.VISIBLE in (before, after):
        counters.recount_last_post(thread)
    if thread.accepted_post_id == post.pk and after != State.VISIBLE:
        withdraw_answer(actor, thread)
    record(
        POST_STATE_CHANGED,
        actor=actor,
        target=post,
        space_id=thread.space_id,
        payload={
            "thread_id": thread.pk,
            "author_id": post.author_id,
            "position": post.position,
            "before": str(before),
            "after": str(after),
            "reason": reason,
        },
    )


def _apply_to_thread(thread: Thread, post: Post, excerpt: str) -> None:
    """Let the thread follow its first post, and its space and tags follow the thread."""
    # An empty place must not go on saying in lists what its author took back.
    thread.excerpt = (
        excerpt if post.state == State.VISIBLE else "" if post.state == State.DELETED else thread.excerpt
    )
    counters.change_thread_state(thread, state_by_first(thread, post), also=["excerpt"])
    if thread.state not in READABLE:
        withdraw_own_cards(thread.pk)


def state_by_first(thread: Thread, first: Post) -> str:
    """Return the state that a locked thread has by its first post, and by whether the team took it out of the lists."""
    if first.state not in (State.DELETED, State.VISIBLE):
        return str(first.state)
    if first.state == State.VISIBLE:
        return listing_of(thread)
    others = Post.objects.filter(thread=thread, state=State.VISIBLE, position__gt=1).exclude(
        author=first.author_id
    )
    return listing_of(thread) if others.exists() else State.DELETED
