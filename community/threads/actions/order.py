"""Keeping order: closing, moving and renaming threads."""

from collections.abc import Iterable

from django.db import transaction

from community.members.models import Member
from community.spaces.models import Access, Space
from community.spaces.tag_rules import settled_tags
from community.threads import counters, limits
from community.threads.actions.changes import record_change, yes_or_no
from community.threads.actions.edits import edit_post
from community.threads.composing import check_tags
from community.threads.locks import lock_thread as hold
from community.threads.models import Post, QuestionCare, Thread
from community.threads.permissions import can_moderate_thread, can_tidy_thread
from community.threads.sorting import can_move
from community.writing.cards import withdraw_own_cards


def lock_thread(*, actor: Member, thread: Thread) -> Thread:
    """Close `thread` to replies by members. Raises `Refused` or `NotFound`."""
    return _set_locked(actor, thread, True)


def unlock_thread(*, actor: Member, thread: Thread) -> Thread:
    """Open `thread` to replies again. Raises `Refused` or `NotFound`."""
    return _set_locked(actor, thread, False)


@transaction.atomic
def _set_locked(actor: Member, thread: Thread, wanted: bool) -> Thread:
    held = hold(actor, thread.pk)
    can_tidy_thread(actor, held).require()
    close_or_open(actor, held, wanted)
    return held


def close_or_open(actor: Member | None, thread: Thread, wanted: bool) -> None:
    """Close a locked thread to replies, or open it. Without an actor its timer does."""
    if thread.is_locked == wanted:
        return
    thread.is_locked = wanted
    thread.save(update_fields=["is_locked"])
    # Whoever keeps order decides now; the asker cannot undo it.
    QuestionCare.objects.filter(thread=thread, closed_at__isnull=False).update(closed_at=None)
    record_change(actor, thread, "lock", yes_or_no(not wanted), yes_or_no(wanted))


@transaction.atomic
def move_thread(*, actor: Member, thread: Thread, space: Space, tags: Iterable[str] | None = None) -> Thread:
    """Move `thread` to `space`, with other `tags` where given. The one who moves keeps order in both, or is a regular.

    Raises `Refused`, `NotFound`, or `Invalid` when the space asks for a tag that the thread would not carry.
    """
    held = hold(actor, thread.pk)
    can_move(actor, held, space).require()
    source = held.space
    if source.pk == space.pk:
        return held
    if not can_moderate_thread(actor, held):
        limits.SORT.spend(actor)
    before = list(held.tags)
    words = {slug: slug for slug in before} if tags is None else check_tags(tags)
    if tags is not None or space.required_group_id is not None:
        words = settled_tags(actor, space, words, before)
    was_counted, is_counted = counters.is_counted(held, source), counters.is_counted(held, space)
    held.space, held.tags = space, list(words)
    held.save(update_fields=["space", "tags"])
    if was_counted != is_counted or held.tags != before:
        counters.count_tags(before if was_counted else (), words if is_counted else {})
        counters.name_tags({} if is_counted else words)
    counters.move_between_spaces(held, source.pk, space.pk)
    if space.access != Access.PUBLIC:
        withdraw_own_cards(held.pk)
    if held.tags != before:
        record_change(actor, held, "tags", ", ".join(before), ", ".join(held.tags))
    record_change(actor, held, "move", str(source.pk), str(space.pk))
    return held


def rename_thread(
    *, actor: Member, thread: Thread, title: str | None = None, tags: Iterable[str] | None = None
) -> Thread:
    """Change title, tags or both, and not the text; kept in the history of the first post. Raises as `edit_post` does.

    The text goes along as it is now: were it changed meanwhile, this would put the old one back, so it raises `Conflict`.
    """
    first = Post.objects.select_related("thread__space").get(thread=thread, position=1)
    return edit_post(
        actor=actor,
        post=first,
        body=first.body_md,
        title=title,
        tags=tags,
        expected_edit_count=first.edit_count,
    ).thread
