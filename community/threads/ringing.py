"""What happens when timers of threads are due. In small batches, each a transaction that skips threads another worker
holds, so any number of workers may do it at once; done twice, it has happened once."""

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from community.activity.record import record
from community.errors import DomainError
from community.sql import fetch
from community.threads.actions.changes import record_change
from community.threads.actions.judging import judge_post_by_rule
from community.threads.actions.listing import set_listing
from community.threads.actions.order import close_or_open, move_thread
from community.threads.actions.pins import set_pinned
from community.threads.locks import Merged, lock_thread
from community.threads.models import Post, State, Thread, ThreadTimer, TimerKind
from community.threads.steered import keep_steering, note_steered, steering_of
from community.threads.timing import due_after
from community.threads.verbs import THREAD_REMINDED

logger = logging.getLogger(__name__)

BATCH = 50
# A timer that met a fault is tried again after this.
PATIENCE = dt.timedelta(hours=1)
_DUE = """SELECT t.id FROM threads_thread t WHERE t.id IN (
    SELECT m.thread_id FROM threads_threadtimer m WHERE m.due_at <= %s ORDER BY m.due_at LIMIT %s)
  ORDER BY t.id FOR NO KEY UPDATE OF t SKIP LOCKED"""


def ring_timers() -> int:
    """Let everything happen that is due. Returns how many timers rang."""
    done = 0
    while True:
        found, rang = _ring_batch()
        done += rang
        if not found or not rang:
            return done


@transaction.atomic
def _ring_batch() -> tuple[int, int]:
    now = timezone.now()
    found = fetch(_DUE, (now, BATCH), lambda row: int(row[0]))
    rang = 0
    for pk in found:
        for timer in ThreadTimer.objects.filter(thread=pk, due_at__lte=now).order_by("due_at", "pk"):
            _ring(timer)
            rang += 1
    return len(found), rang


def _ring(timer: ThreadTimer) -> None:
    """One timer; what goes wrong with it does not keep the others waiting."""
    mine = ThreadTimer.objects.filter(pk=timer.pk)
    try:
        with transaction.atomic():
            thread = lock_thread(None, timer.thread_id)
            if timer.idle_days and _is_awaited(timer, thread):
                return
            mine.delete()
            note_steered(thread)
            _do(timer, thread)
    except Merged:
        mine.delete()
    except DomainError as refusal:
        # The space is gone, or who set it may not do it any more: it would fail again each minute.
        logger.warning("timer %s of thread %s did nothing: %s", timer.kind, timer.thread_id, refusal.code)
        mine.delete()
        note_steered(lock_thread(None, timer.thread_id))
    except Exception:
        logger.exception("timer %s of thread %s failed and waits", timer.kind, timer.thread_id)
        mine.update(due_at=timezone.now() + PATIENCE)


def _is_awaited(timer: ThreadTimer, thread: Thread) -> bool:
    """Whether somebody replied meanwhile: then the days begin anew."""
    due = due_after(thread.last_post_at, timer.idle_days or 0)
    if due <= timezone.now():
        return False
    timer.due_at = due
    timer.save(update_fields=["due_at"])
    return True


def _do(timer: ThreadTimer, thread: Thread) -> None:
    match TimerKind(timer.kind):
        case TimerKind.CLOSE | TimerKind.REOPEN:
            close_or_open(None, thread, timer.kind == TimerKind.CLOSE)
        case TimerKind.REMOVE:
            first = Post.objects.select_related("thread__space").get(thread=thread, position=1)
            reason = gettext("The team had set a time for this thread to be taken off.")
            judge_post_by_rule(post=first, state=State.REMOVED, reason=reason)
        case TimerKind.BUMP:
            _bump(thread)
        case TimerKind.PUBLISH:
            _publish(timer, thread)
        case TimerKind.UNPIN:
            set_pinned(None, thread, "no")
        case TimerKind.REMIND:
            _remind(timer, thread)


def _bump(thread: Thread) -> None:
    """Put a thread on top of the lists once."""
    before, steering = thread.last_post_at, steering_of(thread)
    steering.bumped_at = thread.last_post_at = timezone.now()
    thread.save(update_fields=["last_post_at"])
    keep_steering(thread, steering)
    record_change(None, thread, "bump", before.isoformat(), thread.last_post_at.isoformat())


def _publish(timer: ThreadTimer, thread: Thread) -> None:
    if timer.space is None or timer.set_by is None:
        return
    moved = move_thread(actor=timer.set_by, thread=thread, space=timer.space)
    set_listing(timer.set_by, moved, "unlist", False)


def _remind(timer: ThreadTimer, thread: Thread) -> None:
    if timer.set_by_id is not None:
        record(
            THREAD_REMINDED,
            actor=None,
            target=thread,
            space_id=thread.space_id,
            payload={"thread_id": thread.pk, "member_id": timer.set_by_id},
        )
