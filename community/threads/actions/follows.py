"""Following, muting and reading threads: what only the member sees."""

from typing import Any

from django.utils import timezone

from community.members.models import Member
from community.members.permissions import can_keep
from community.notifications.actions import mark_thread_read
from community.sql import write
from community.threads import limits
from community.threads.models import FollowLevel, Thread, ThreadFollow

# Only ever moves forward, whatever order requests arrive in.
_NOTE_READ = """INSERT INTO threads_readstate AS mine (thread_id, member_id, last_read_position, read_at)
  VALUES (%s, %s, %s, %s) ON CONFLICT (thread_id, member_id) DO UPDATE
  SET last_read_position = GREATEST(mine.last_read_position, EXCLUDED.last_read_position), read_at = EXCLUDED.read_at"""

_FOLLOW = """followed AS (
  INSERT INTO threads_threadfollow (thread_id, member_id, level, created_at) VALUES (%s, %s, %s, %s)
  ON CONFLICT DO NOTHING
)"""


def follow_thread(*, actor: Member, thread: Thread) -> None:
    """Hear about replies in `thread`. Doing it twice changes nothing."""
    _choose(actor, thread, FollowLevel.FOLLOWING)


def mute_thread(*, actor: Member, thread: Thread) -> None:
    """Hear nothing about `thread`, not even by writing in it, until undone."""
    _choose(actor, thread, FollowLevel.MUTED)


def unfollow_thread(*, actor: Member, thread: Thread) -> None:
    """Neither follow nor mute `thread` any more."""
    ThreadFollow.objects.filter(thread=thread, member=actor).delete()


def _choose(actor: Member, thread: Thread, level: FollowLevel) -> None:
    can_keep(actor).require()
    limits.KEEP.spend(actor)
    ThreadFollow.objects.bulk_create(
        [ThreadFollow(thread=thread, member=actor, level=level)],
        update_conflicts=True,
        unique_fields=["thread", "member"],
        update_fields=["level"],
    )


def parts_to_follow(actor: Member, thread: Thread) -> tuple[str, tuple[Any, ...]]:
    """Return the parts of the statement that writes a post which let its author follow the thread, unless they muted it,
    and count their own post as read."""
    now = timezone.now()
    followed = (thread.pk, actor.pk, FollowLevel.FOLLOWING.value, now)
    return f"{_FOLLOW}, seen AS ({_NOTE_READ})", (*followed, thread.pk, actor.pk, thread.last_position, now)


def mark_read(*, actor: Member, thread: Thread, position: int) -> None:
    """Note how far `actor` has read, and that what they were told about the thread is no news any more."""
    _note_read(actor, thread, position)
    mark_thread_read(actor=actor, thread_id=thread.pk)


def _note_read(actor: Member, thread: Thread, position: int) -> None:
    reached = min(position, thread.last_position)
    if reached >= 1:
        write(_NOTE_READ, (thread.pk, actor.pk, reached, timezone.now()))
