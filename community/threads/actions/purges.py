"""Deleting for good: the words, how they read before, pictures, cards, notices, and what the log said of them."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from community.activity.record import record
from community.activity.scrubbing import scrub
from community.errors import Invalid, Refused
from community.members.models import Member
from community.notifications.retention import forget_subjects
from community.threads import counters, limits
from community.threads.locks import lock_post, lock_thread
from community.threads.models import Post, State, Thread
from community.threads.permissions import can_purge
from community.threads.pictures import POST as POSTS
from community.threads.verbs import POST_PURGED, THREAD_PURGED
from community.writing.actions import remove_attached
from community.writing.cards import forget_own_thread, note_cards

GONE = (State.REMOVED, State.DELETED)


def purge_post(*, actor: Member, post: Post, reason: str) -> None:
    """Delete `post` for good. It must have been taken off before; a first post takes its thread and every reply along.

    What it earned stays as it was paid. Raises `Refused`, `Invalid` or `NotFound`.
    """
    can_purge(actor).require()
    said = " ".join(reason.split())[: limits.REASON_LONG]
    if not said:
        sentence = _("Say why. The log keeps the reason, and nothing of what was written.")
        raise Invalid("reason_missing", sentence, fields={"reason": sentence})
    with transaction.atomic():
        thread = lock_thread(actor, post.thread_id)
        fresh = lock_post(thread, post.pk)
        if fresh.state not in GONE:
            raise Refused("not_removed", _("Take it off first. Then it can be deleted for good."))
        if fresh.position == 1:
            _purge_thread(actor, thread, said)
        else:
            _purge_reply(actor, thread, fresh, said)


def _purge_reply(actor: Member, thread: Thread, post: Post, reason: str) -> None:
    authors = _authors([post.pk])
    forget_traces(actor, [post.pk])
    record(
        POST_PURGED,
        actor=actor,
        target=post,
        space_id=thread.space_id,
        payload={
            "thread_id": thread.pk,
            "post_ids": [post.pk],
            "author_ids": sorted(authors),
            "reason": reason,
        },
    )
    Post.objects.filter(pk=post.pk).delete()
    counters.recount_rows(counters.THREADS, [thread.pk])
    _count(authors)


def _purge_thread(actor: Member, thread: Thread, reason: str) -> None:
    if thread.state not in GONE:
        raise Refused("not_removed", _("Take it off first. Then it can be deleted for good."))
    posts = list(Post.objects.filter(thread=thread).order_by("pk").values_list("pk", flat=True))
    authors = _authors(posts)
    forget_traces(actor, posts)
    forget_subjects("threads.thread", [thread.pk])
    forget_own_thread(thread.pk)
    scrub("threads.thread", [thread.pk])
    record(
        THREAD_PURGED,
        actor=actor,
        target=thread,
        space_id=thread.space_id,
        payload={
            "thread_id": thread.pk,
            "post_ids": posts,
            "author_ids": sorted(authors),
            "reason": reason,
        },
    )
    Thread.objects.filter(pk=thread.pk).delete()
    _count(authors)


def forget_traces(actor: Member | None, posts: Sequence[int]) -> None:
    """Forget what is kept of posts outside of them: cards, pictures, notices, and what the log quotes."""
    for pk in posts:
        note_cards(POSTS, pk, ())
    remove_attached(actor=actor, target_type=POSTS, target_pks=posts)
    forget_subjects(POSTS, posts)
    scrub(POSTS, posts)


def _authors(posts: Sequence[int]) -> set[int]:
    found = Post.objects.filter(pk__in=posts, author__isnull=False).values_list("author_id", flat=True)
    return {pk for pk in found if pk is not None}


def _count(authors: set[int]) -> None:
    for counter in (counters.WRITTEN, counters.ACCEPTED, counters.HELPED):
        counters.recount_rows(counter, authors)
