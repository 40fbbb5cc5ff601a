"""Splitting posts off a thread, merging two threads, and taking either back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community import rows
from community.errors import Conflict, Invalid, NotFound
from community.members.models import Member
from community.spaces.models import Kind, Space
from community.spaces.permissions import can_start_thread
from community.spaces.tag_rules import settled_tags
from community.threads import composing, counters, limits, regrouping
from community.threads.actions.states import state_by_first
from community.threads.locks import Merged, lock_threads
from community.threads.models import Post, Regrouping, RegroupKind, State, Thread, ThreadState
from community.threads.permissions import can_tidy_thread
from community.threads.regroup_parts import (
    check_amount,
    give_answer_back,
    lead_on,
    record_regrouping,
    take_answer_along,
)
from community.threads.regrouping import Place
from community.threads.steering import READABLE
from community.writing.limited import render_limited


@transaction.atomic
def merge_threads(*, actor: Member, source: Thread, target: Thread, reason: str = "") -> Regrouping:
    """Put everything of `source` into `target`, by time; the old address leads on, and it can be taken back for a while.

    Raises `Refused`, `Invalid`, `NotFound`, or `Conflict` (`merged_meanwhile`) when one of them is merged already.
    """
    if source.pk == target.pk:
        raise _unusable("same_thread", _("Choose another thread to merge this one into."))
    held = _hold(actor, source.pk, target.pk)
    source, target = held[source.pk], held[target.pk]
    for thread in (source, target):
        can_tidy_thread(actor, thread).require()
        if thread.state not in READABLE:
            raise Conflict("thread_not_shown", _("Only threads that are shown can be merged."))
    coming, own = regrouping.hold_posts(source), regrouping.hold_posts(target)
    given = regrouping.places_by_time(own, coming, target.last_position)
    check_amount(given)
    entry = Regrouping(
        kind=RegroupKind.MERGE, source=source, target=target, actor=actor, reason=reason[: limits.REASON_LONG]
    )
    entry.places = [[post.pk, post.position] for post in coming]
    regrouping.regroup(source, target, coming, given)
    regrouping.carry_follows(source, target)
    regrouping.carry_drafts(source, target)
    take_answer_along(entry, source, target, given)
    counters.change_thread_state(source, ThreadState.MERGED)
    entry.save(force_insert=True)
    regrouping.count_again((source, target), coming)
    record_regrouping(actor, entry, source, target, coming)
    return entry


@dataclass(frozen=True, slots=True)
class NewThread:
    """The thread that posts are split off into. Without a space it stands where they were; so do its topics."""

    title: str
    space: Space | None = None
    kind: str = ""
    tags: Sequence[str] | None = None


def split_thread(
    *,
    actor: Member,
    thread: Thread,
    posts: Iterable[int],
    into: NewThread | Thread,
    reason: str = "",
) -> Regrouping:
    """Split `posts` (their keys) off `thread`, into a new thread or another one. The first post stays where it is.

    Raises `Refused`, `Invalid`, `NotFound` or `Conflict`; then nothing changed.
    """
    can_tidy_thread(actor, thread).require()
    chosen = set(posts)
    if isinstance(into, Thread):
        return _split_into(actor, thread.pk, chosen, into.pk, reason)
    into = NewThread(composing.check_title(into.title), into.space, into.kind, into.tags)
    excerpt = _excerpt_of(thread, chosen)
    return _split_off(actor, thread.pk, chosen, into, excerpt, reason)


@transaction.atomic
def _split_into(actor: Member, source_pk: int, chosen: set[int], target_pk: int, reason: str) -> Regrouping:
    if source_pk == target_pk:
        raise _unusable("same_thread", _("These posts are in that thread already."))
    held = _hold(actor, source_pk, target_pk)
    source, target = held[source_pk], held[target_pk]
    for thread in (source, target):
        can_tidy_thread(actor, thread).require()
    coming, own = _chosen(source, chosen), regrouping.hold_posts(target)
    given = regrouping.places_by_time(own, coming, target.last_position)
    check_amount(given)
    entry = _split(source, target, coming, given, actor, reason)
    regrouping.carry_follows(
        source, target, [post.author_id for post in coming if post.author_id is not None]
    )
    return _finish(actor, entry, source, target, coming)


@transaction.atomic
def _split_off(
    actor: Member, source_pk: int, chosen: set[int], into: NewThread, excerpt: str, reason: str
) -> Regrouping:
    source = _hold(actor, source_pk)[source_pk]
    can_tidy_thread(actor, source).require()
    coming = _opening_first(_chosen(source, chosen))
    check_amount({post.pk: 0 for post in coming})
    target = _begin(actor, source, coming[0], into, excerpt)
    entry = _split(source, target, coming, {post.pk: n for n, post in enumerate(coming, 1)}, actor, reason)
    entry.is_new_target = True
    regrouping.carry_follows(source, target)
    return _finish(actor, entry, source, target, coming)


def _split(
    source: Thread,
    target: Thread,
    coming: Sequence[Place],
    given: dict[int, int],
    actor: Member,
    reason: str,
) -> Regrouping:
    entry = Regrouping(
        kind=RegroupKind.SPLIT, source=source, target=target, actor=actor, reason=reason[: limits.REASON_LONG]
    )
    entry.places = [[post.pk, post.position] for post in coming]
    regrouping.regroup(source, target, coming, given)
    take_answer_along(entry, source, target, given)
    return entry


def _finish(
    actor: Member, entry: Regrouping, source: Thread, target: Thread, coming: Sequence[Place]
) -> Regrouping:
    entry.save(force_insert=True)
    regrouping.count_again((source, target), coming)
    record_regrouping(actor, entry, source, target, coming)
    return entry


def _begin(actor: Member, source: Thread, first: Place, into: NewThread, excerpt: str) -> Thread:
    """Insert the row of a thread whose first post is on its way."""
    space = into.space or source.space
    if space.pk != source.space_id:
        can_start_thread(actor, space).require()
        can_tidy_thread(actor, Thread(space=space)).require()
    typed = {slug: slug for slug in source.tags} if into.tags is None else composing.check_tags(into.tags)
    tags = settled_tags(actor, space, typed, source.tags)
    kind = into.kind or source.kind
    if kind not in Kind.values:
        raise Invalid("kind_unknown", _("Choose what this is: a question or a discussion."))
    thread = Thread(
        space=space,
        author_id=first.author_id,
        kind=kind,
        title=into.title,
        excerpt=excerpt,
        tags=list(tags),
        created_at=first.created_at,
        last_post_at=first.created_at,
        last_author_id=first.author_id,
        language=source.language,
    )
    rows.insert(thread)
    if counters.is_counted(thread, space):
        counters.count_tags((), tags)
    else:
        counters.name_tags(tags)
    counters.count_in_space(thread, thread.space_id, 1)
    return thread


def _chosen(source: Thread, chosen: Collection[int]) -> list[Place]:
    own = regrouping.hold_posts(source)
    coming = [post for post in own if post.pk in chosen]
    if not coming or len(coming) < len(chosen):
        raise _unusable("posts_gone", _("Choose posts of this thread. Some of these are no longer in it."))
    if coming[0].position == 1:
        raise _unusable(
            "first_post_stays", _("The first post stays. To take everything along, merge the threads.")
        )
    return coming


def _opening_first(coming: Sequence[Place]) -> list[Place]:
    opening = next((post for post in coming if post.state == State.VISIBLE), None)
    if opening is None:
        raise _unusable("none_shown", _("Choose at least one post that is shown: a thread begins with it."))
    return [opening, *(post for post in coming if post is not opening)]


def _excerpt_of(thread: Thread, chosen: Collection[int]) -> str:
    """Return the beginning of the post a new thread will begin with; rendered before anything is locked."""
    shown = Post.objects.filter(thread=thread, pk__in=chosen, state=State.VISIBLE).order_by("position")
    body = shown.values_list("body_md", flat=True).first()
    return render_limited(body).excerpt if body else ""


def _hold(actor: Member, *pks: int) -> dict[int, Thread]:
    try:
        return lock_threads(actor, pks)
    except Merged as gone:
        raise Conflict(
            "merged_meanwhile", _("One of these threads was merged meanwhile. Look at it again.")
        ) from gone


def _unusable(code: str, message: str) -> Invalid:
    return Invalid(code, message)


def undo_regrouping(*, actor: Member, entry: Regrouping) -> Thread:
    """Take a merge or a split back: its posts return to where they stood. What was written since goes along only where a
    thread that began by the split ends with it. Returns the thread they returned to.

    Raises `Refused`, `NotFound`, or `Conflict` when it is too late, was taken back, or the threads were merged further.
    """
    if entry.undone_at is not None:
        raise Conflict("undone_already", _("This was taken back already."))
    if entry.created_at < timezone.now() - limits.REGROUP_UNDO.span():
        days = limits.REGROUP_UNDO()
        sentence = ngettext(
            "This was done more than %(n)d day ago and stays.",
            "This was done more than %(n)d days ago and stays.",
            days,
        )
        raise Conflict("undo_too_late", sentence % {"n": days})
    return _undo(actor, entry.pk)


@transaction.atomic
def _undo(actor: Member, entry_pk: int) -> Thread:
    seen = Regrouping.objects.filter(pk=entry_pk).first()
    if seen is None:
        raise NotFound()
    # Threads before entries, as everywhere.
    source, target = _hold_for_undo(actor, seen)
    entry = Regrouping.objects.select_for_update().get(pk=entry_pk)
    if entry.undone_at is not None:
        raise Conflict("undone_already", _("This was taken back already."))
    for thread in (source, target):
        can_tidy_thread(actor, thread).require()
    return _put_back(actor, entry, source, target)


def _hold_for_undo(actor: Member, entry: Regrouping) -> tuple[Thread, Thread]:
    held = {
        thread.pk: thread
        for thread in Thread.objects.filter(
            pk__in=(entry.source_id, entry.target_id), space__in=Space.objects.visible_to(actor)
        )
        .select_related("space")
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    }
    if len(held) < 2:
        raise NotFound()
    source, target = held[entry.source_id], held[entry.target_id]
    wanted = ThreadState.MERGED if entry.kind == RegroupKind.MERGE else None
    further = source.state == ThreadState.MERGED if wanted is None else source.state != wanted
    if further or target.state == ThreadState.MERGED:
        raise Conflict(
            "merged_further", _("These threads were merged further. Take that back first, then this.")
        )
    return source, target


def _put_back(actor: Member, entry: Regrouping, source: Thread, target: Thread) -> Thread:
    there = regrouping.hold_posts(target)
    was = {int(pk): int(position) for pk, position in entry.places}
    coming = [post for post in there if post.pk in was or entry.is_new_target]
    known = [post for post in coming if post.pk in was]
    if not known:
        raise Conflict("nothing_to_undo", _("None of these posts is in that thread any more."))
    check_amount(coming)
    regrouping.regroup(target, source, known, {post.pk: was[post.pk] for post in known})
    later = [post for post in coming if post.pk not in was]
    if later:
        own = regrouping.hold_posts(source)
        regrouping.regroup(target, source, later, regrouping.places_by_time(own, later, source.last_position))
    give_answer_back(entry, source, target, {post.pk for post in coming})
    entry.undone_at = timezone.now()
    entry.save(update_fields=["undone_at"])
    if entry.kind == RegroupKind.MERGE:
        first = Post.objects.get(thread=source, position=1)
        counters.change_thread_state(source, state_by_first(source, first))
    elif entry.is_new_target:
        regrouping.carry_follows(target, source)
        regrouping.carry_drafts(target, source)
        lead_on(actor, target, source, coming)
    regrouping.count_again((source, target), coming)
    record_regrouping(actor, entry, target, source, coming, undone=True)
    return source
