"""The doorbell: says after a write that something changed, and asks a worker to deliver what is due.

A hint that may be lost: when Redis is away, the sweep delivers a few seconds later.
"""

import logging
import threading
import time

from community.revision import change_mark_and_claim, drop_claim

logger = logging.getLogger(__name__)

# A process that rang stays still so long, and rings once more for all that came meanwhile: under load, asking Redis after
# each write would cost a tenth of a reaction. Kept pages are trusted for longer than this anyway (`community.revision`).
PAUSE = 0.1
# A ring that is later than this was lost with the process that forked us: ring again.
_LOST_AFTER = 1.0

_RUNG = "doorbell"
# A ring that a worker lost is made up for by the sweep, which comes as often.
_RING_LASTS = 5


class _Memory:
    """When this process rang last, and when the ring that waits for the end of the pause is due."""

    lock = threading.Lock()
    rung_at = float("-inf")
    due_at: float | None = None


def ring_doorbell() -> None:
    """Ring at once, or at the end of the pause when this process has just rung. Never fails."""
    with _Memory.lock:
        now = time.monotonic()
        if _Memory.due_at is not None and now < _Memory.due_at + _LOST_AFTER:
            return
        wait = _Memory.rung_at + PAUSE - now
        if wait > 0:
            _Memory.due_at = now + wait
        else:
            _Memory.rung_at, _Memory.due_at = now, None
    if wait > 0:
        threading.Timer(wait, _ring_for_the_rest).start()
    else:
        _ring()


def _ring_for_the_rest() -> None:
    # Whoever writes from here on waits for a ring of their own.
    with _Memory.lock:
        _Memory.rung_at, _Memory.due_at = time.monotonic(), None
    _ring()


def _ring() -> None:
    """Change the mark and call a worker. While a ring waits to be heard, no second one is sent: a worker answers it by
    delivering everything that is due."""
    if not change_mark_and_claim(_RUNG, _RING_LASTS):
        return
    from celery import current_app

    try:
        current_app.send_task(
            "activity.deliver_due", ignore_result=True, retry=False, queue="critical", expires=60
        )
    except Exception as error:  # noqa: BLE001 - whatever the broker's client raises, the promise is already a row
        logger.warning("doorbell not heard: %s", error)


def hear_doorbell() -> None:
    """Let the next write ring again. A worker says so *before* it looks for what is due: what commits after that look
    is announced by a ring of its own."""
    drop_claim(_RUNG)
