"""What splitting, merging and taking back share: the accepted answer, the address that leads on, and what is recorded."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence, Sized

from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.spaces.models import Kind
from community.threads import counters, limits
from community.threads.models import Post, Regrouping, RegroupKind, State, Thread, ThreadState
from community.threads.regrouping import Place
from community.threads.verbs import THREAD_REGROUPED


def check_amount(posts: Sized) -> None:
    """Raise `Invalid` when more posts would move at once than a page can wait for."""
    if len(posts) > limits.REGROUP_MOST:
        text = _("At most %(most)s posts can move at once. Split off a part first.")
        raise Invalid("too_many_posts", text % {"most": limits.REGROUP_MOST})


def take_answer_along(entry: Regrouping, source: Thread, target: Thread, given: Mapping[int, int]) -> None:
    """Let an accepted answer that moves stay one where its new thread has none; points and thanks stay as they are."""
    pk, at = source.accepted_post_id, source.accepted_at
    if pk is None or pk not in given:
        return
    entry.answer = {"post": pk, "at": at.isoformat() if at else ""}
    source.accepted_post_id = source.accepted_at = None
    source.save(update_fields=["accepted_post", "accepted_at"])
    if target.kind == Kind.QUESTION and target.accepted_post_id is None and given[pk] > 1:
        _accept(target, pk, at)


def give_answer_back(entry: Regrouping, source: Thread, target: Thread, back: Collection[int]) -> None:
    """Let what was accepted before posts moved be accepted again where they return to."""
    if target.accepted_post_id in back:
        pk, at = target.accepted_post_id, target.accepted_at
        target.accepted_post_id = target.accepted_at = None
        target.save(update_fields=["accepted_post", "accepted_at"])
        if pk is not None and source.kind == Kind.QUESTION and source.accepted_post_id is None:
            _accept(source, pk, at)
    before = entry.answer.get("post")
    shown = Post.objects.filter(pk=before, state=State.VISIBLE)
    if before in back and source.accepted_post_id is None and shown.exists():
        at = dt.datetime.fromisoformat(entry.answer["at"]) if entry.answer["at"] else None
        _accept(source, before, at)


def _accept(thread: Thread, pk: int, at: dt.datetime | None) -> None:
    thread.accepted_post_id, thread.accepted_at = pk, at
    thread.save(update_fields=["accepted_post", "accepted_at"])


def lead_on(actor: Member, emptied: Thread, target: Thread, posts: Sequence[Place]) -> None:
    """Let the address of a thread that nothing is left in lead to another one."""
    Regrouping.objects.create(
        kind=RegroupKind.MERGE,
        source=emptied,
        target=target,
        actor=actor,
        places=[[post.pk, post.position] for post in posts],
    )
    counters.change_thread_state(emptied, ThreadState.MERGED)


def record_regrouping(
    actor: Member,
    entry: Regrouping,
    source: Thread,
    target: Thread,
    posts: Sequence[Place],
    *,
    undone: bool = False,
) -> None:
    """Record that posts went from one locked thread to another."""
    record(
        THREAD_REGROUPED,
        actor=actor,
        target=target,
        space_id=target.space_id,
        payload={
            "thread_id": target.pk,
            "regrouping_id": entry.pk,
            "kind": str(entry.kind),
            "undone": undone,
            "source_id": source.pk,
            "before": source.title,
            "after": target.title,
            "post_ids": [post.pk for post in posts],
            "author_ids": sorted({post.author_id for post in posts if post.author_id is not None}),
            "reason": entry.reason,
        },
    )
