"""Following, muting and reading threads: what only the member sees."""

from django.db import connection
from django.utils import timezone

from community.members.models import Member
from community.members.permissions import can_take_part
from community.notifications.actions import mark_thread_read
from community.threads import limits
from community.threads.models import FollowLevel, Thread, ThreadFollow


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
    can_take_part(actor).require()
    limits.KEEP.spend(actor)
    ThreadFollow.objects.bulk_create(
        [ThreadFollow(thread=thread, member=actor, level=level)],
        update_conflicts=True,
        unique_fields=["thread", "member"],
        update_fields=["level"],
    )


def follow_by_writing(actor: Member, thread: Thread, *, position: int) -> None:
    """Follow a thread because one writes in it, unless muted; and count one's own post as read."""
    ThreadFollow.objects.bulk_create([ThreadFollow(thread=thread, member=actor)], ignore_conflicts=True)
    _note_read(actor, thread, position)


def mark_read(*, actor: Member, thread: Thread, position: int) -> None:
    """Note how far `actor` has read, and that what they were told about the thread is no news any more."""
    _note_read(actor, thread, position)
    mark_thread_read(actor=actor, thread_id=thread.pk)


def _note_read(actor: Member, thread: Thread, position: int) -> None:
    """Only ever moves forward, whatever order requests arrive in; one statement."""
    reached = min(position, thread.last_position)
    if reached < 1:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO threads_readstate AS mine (thread_id, member_id, last_read_position, read_at)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (thread_id, member_id) DO UPDATE"
            " SET last_read_position = GREATEST(mine.last_read_position, EXCLUDED.last_read_position),"
            " read_at = EXCLUDED.read_at",
            [thread.pk, actor.pk, reached, timezone.now()],
        )
