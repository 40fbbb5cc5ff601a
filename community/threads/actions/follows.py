"""How closely members attend to threads and how far they have read: what only the member sees."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import Member
from community.members.permissions import can_keep
from community.notifications.actions import mark_thread_read
from community.spaces.models import Level
from community.sql import write
from community.threads import limits
from community.threads.models import Because, Thread, ThreadFollow

# Only ever moves forward, whatever order requests arrive in.
_NOTE_READ = """INSERT INTO threads_readstate AS mine (thread_id, member_id, last_read_position, read_at, reached)
  VALUES (%s, %s, %s, %s, (SELECT t.last_position FROM threads_thread t WHERE t.id = %s))
  ON CONFLICT (thread_id, member_id) DO UPDATE
  SET last_read_position = GREATEST(mine.last_read_position, EXCLUDED.last_read_position), read_at = EXCLUDED.read_at,
    reached = GREATEST(mine.reached, EXCLUDED.reached)"""

# Nobody reads longer than time has passed since they were heard of last, whatever a page claims.
_NOTE_TIME = """UPDATE threads_readstate SET seconds = seconds + LEAST(%s, EXTRACT(epoch FROM %s - read_at)::int),
    read_at = %s
  WHERE thread_id = %s AND member_id = %s AND read_at < %s RETURNING seconds"""
# A page tells every few seconds; more than this at once is a page that was left open.
_MOST_SECONDS = 60

_FOLLOW = """followed AS (
  INSERT INTO threads_threadfollow (thread_id, member_id, level, because, created_at) VALUES (%s, %s, %s, %s, %s)
  ON CONFLICT DO NOTHING
)"""

LEVELS = (Level.WATCHING, Level.TRACKING, Level.NORMAL, Level.MUTED)


def attend_to_thread(*, actor: Member, thread: Thread, level: str) -> None:
    """Choose how closely `actor` attends to `thread` (one of `LEVELS`). Choosing it twice changes nothing.

    Raises `Refused`, `Invalid` or `RateLimited`.
    """
    if level not in LEVELS:
        raise Invalid("level_unknown", _("A thread can be watched, tracked, normal or muted."))
    can_keep(actor).require()
    limits.KEEP.spend(actor)
    ThreadFollow.objects.bulk_create(
        [ThreadFollow(thread=thread, member=actor, level=level, because=Because.CHOSEN)],
        update_conflicts=True,
        unique_fields=["thread", "member"],
        update_fields=["level", "because"],
    )


def follow_thread(*, actor: Member, thread: Thread) -> None:
    """Hear about replies in `thread`: watch it."""
    attend_to_thread(actor=actor, thread=thread, level=Level.WATCHING)


def mute_thread(*, actor: Member, thread: Thread) -> None:
    """Hear nothing about `thread`, not even by writing in it, until undone."""
    attend_to_thread(actor=actor, thread=thread, level=Level.MUTED)


def unfollow_thread(*, actor: Member, thread: Thread) -> None:
    """Choose nothing about `thread` any more: its space and tags decide again."""
    ThreadFollow.objects.filter(thread=thread, member=actor).delete()


def parts_to_follow(actor: Member, thread: Thread) -> tuple[str, tuple[Any, ...]]:
    """Return the parts of the statement that writes a post which let its author attend to the thread, unless they chose
    otherwise, and count their own post as read. Who begins a thread watches it, who replies tracks it."""
    now = timezone.now()
    level = Level.WATCHING if thread.author_id == actor.pk else Level.TRACKING
    followed = (thread.pk, actor.pk, level.value, Because.WROTE.value, now)
    return f"{_FOLLOW}, seen AS ({_NOTE_READ})", (
        *followed,
        thread.pk,
        actor.pk,
        thread.last_position,
        now,
        thread.pk,
    )


def mark_read(*, actor: Member, thread: Thread, position: int, seconds: int = 0) -> None:
    """Note how far `actor` has read and for how many more seconds, and that what they were told about the thread is no
    news any more. Whoever reads a thread for long enough tracks it from then on."""
    if seconds > 0:
        _note_time(actor, thread, min(seconds, _MOST_SECONDS))
    _note_read(actor, thread, position)
    mark_thread_read(actor=actor, thread_id=thread.pk)


def _note_read(actor: Member, thread: Thread, position: int) -> None:
    reached = min(position, thread.last_position)
    if reached >= 1:
        write(_NOTE_READ, (thread.pk, actor.pk, reached, timezone.now(), thread.pk))


def _note_time(actor: Member, thread: Thread, seconds: int) -> None:
    now = timezone.now()
    rows = write(_NOTE_TIME, (seconds, now, now, thread.pk, actor.pk, now))
    if rows and rows[0][0] >= limits.TRACK_AFTER():
        follow = ThreadFollow(thread=thread, member=actor, level=Level.TRACKING, because=Because.READ)
        ThreadFollow.objects.bulk_create([follow], ignore_conflicts=True)
