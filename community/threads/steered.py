"""Reading and writing how a thread is steered, under its lock."""

from community.threads.models import Steering, Thread, ThreadState, ThreadTimer, TimerKind


def listing_of(thread: Thread) -> ThreadState:
    """Return the state of a thread whose first post is shown: in the lists, out of them, or archived."""
    if not thread.is_steered:
        return ThreadState.VISIBLE
    found = Steering.objects.filter(pk=thread.pk).first()
    return ThreadState.VISIBLE if found is None else found.listing


def steering_of(thread: Thread) -> Steering:
    """Return what is decided about a locked thread, to be changed and kept by `keep_steering`."""
    return Steering.objects.filter(pk=thread.pk).first() or Steering(thread=thread)


def keep_steering(thread: Thread, steering: Steering) -> None:
    """Store what is decided about a locked thread; the thread remembers whether there is anything."""
    steering.save()
    note_steered(thread)


def note_steered(thread: Thread) -> None:
    """Let a locked thread know whether to look for what is decided about it, or for timers that its page tells of."""
    found = Steering.objects.filter(pk=thread.pk).first()
    decided = found is not None and bool(
        found.unlisted_at or found.archived_at or found.slow_seconds or found.is_everywhere or found.bumped_at
    )
    timers = ThreadTimer.objects.filter(thread=thread).exclude(kind=TimerKind.REMIND)
    wanted = decided or timers.exists()
    if thread.is_steered != wanted:
        thread.is_steered = wanted
        thread.save(update_fields=["is_steered"])
