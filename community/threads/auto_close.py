"""Threads of some spaces close by themselves, so many days after their last reply."""

from community.threads.models import Thread, ThreadTimer, TimerKind
from community.threads.timing import due_after


def begin_auto_close(thread: Thread) -> None:
    """Give a thread that has just begun the timer its space asks for."""
    days = thread.space.auto_close_days
    ThreadTimer.objects.create(
        thread=thread,
        kind=TimerKind.CLOSE,
        due_at=due_after(thread.last_post_at, days),
        idle_days=days,
    )
    thread.is_steered = True
    thread.save(update_fields=["is_steered"])
