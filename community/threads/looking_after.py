"""What the house does about questions by itself: asks whether they are solved, reminds, and closes what got no reply.

In small batches, each a transaction that skips rows another worker holds, so any number of workers may do it at once. A row
that another let go of just now is found as it was before; so each step asks again, behind the lock, what is still to do.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from community.sql import fetch, write
from community.threads.actions.care import record_care
from community.threads.actions.changes import record_change
from community.threads.locks import lock_thread
from community.threads.models import QuestionCare
from community.threads.questions import question_rules
from community.threads.verbs import QUESTION_EXPIRED, QUESTION_FOLLOWED_UP, QUESTION_NUDGED

BATCH = 50
# Older answers are left in peace, so that nobody hears of imported history.
_LOOK_BACK = dt.timedelta(days=60)

# Askers who were told of the first answer that long ago, and have not read so far since.
_TO_FOLLOW_UP = """
SELECT t.id, a.id FROM threads_thread t JOIN spaces_space s ON s.id = t.space_id AND NOT s.is_archived
  JOIN LATERAL (SELECT p.id, p.position, p.created_at FROM threads_post p
     WHERE p.thread_id = t.id AND p.position > 1 AND p.state = 'visible' AND p.author_id <> t.author_id
     ORDER BY p.position LIMIT 1) a ON true
 WHERE t.state = 'visible' AND t.kind = 'question' AND t.accepted_post_id IS NULL AND NOT t.is_locked
   AND t.reply_count > 0 AND t.last_post_at > %s AND a.created_at <= %s AND a.created_at > %s
   AND NOT EXISTS (SELECT FROM threads_questioncare c WHERE c.thread_id = t.id
     AND (c.followed_up_at IS NOT NULL OR c.missing <> ''))
   AND EXISTS (SELECT FROM notifications_notice n WHERE n.member_id = t.author_id AND n.thread_id = t.id
     AND n.subject_type = 'threads.post' AND n.subject_pk = a.id)
   AND NOT EXISTS (SELECT FROM threads_readstate r WHERE r.thread_id = t.id AND r.member_id = t.author_id
     AND r.last_read_position >= a.position)
 ORDER BY t.id LIMIT %s FOR NO KEY UPDATE OF t SKIP LOCKED
"""
_ASK_ONCE = """INSERT INTO threads_questioncare AS c (thread_id, said, missing, followed_up_at, followed_up_post_id)
  VALUES (%s, '', '', %s, %s) ON CONFLICT (thread_id) DO UPDATE
  SET followed_up_at = EXCLUDED.followed_up_at, followed_up_post_id = EXCLUDED.followed_up_post_id
  WHERE c.followed_up_at IS NULL RETURNING c.thread_id"""

_WAITING = """
SELECT t.id FROM threads_questioncare c JOIN threads_thread t ON t.id = c.thread_id
  JOIN spaces_space s ON s.id = t.space_id AND NOT s.is_archived
 WHERE c.missing <> '' AND c.missing_at <= %s AND c.closed_at IS NULL{more}
   AND t.state = 'visible' AND t.accepted_post_id IS NULL AND NOT t.is_locked
 ORDER BY t.id LIMIT %s FOR NO KEY UPDATE OF t SKIP LOCKED
"""
_TO_NUDGE = _WAITING.format(more=" AND c.nudged_at IS NULL")
# Nobody is closed out without having been reminded first.
_TO_CLOSE = _WAITING.format(more=" AND c.nudged_at IS NOT NULL AND c.nudged_at <= %s")


def follow_up() -> int:
    """Ask askers who have not come back whether the first answer solved it: each question once. Returns how many."""
    return _in_batches(_follow_up)


def nudge() -> int:
    """Remind askers of what their question is missing. Returns how many."""
    return _in_batches(_nudge)


def close_waiting() -> int:
    """Close the questions for which nothing came. Returns how many."""
    return _in_batches(_close)


def _in_batches(one: Callable[[], int]) -> int:
    done = 0
    while (count := one()) > 0:
        done += count
        if count < BATCH:
            break
    return done


@transaction.atomic
def _follow_up() -> int:
    now = timezone.now()
    days = dt.timedelta(days=question_rules().follow_up_days)
    since = now - days - _LOOK_BACK
    found = fetch(_TO_FOLLOW_UP, (since, now - days, since, BATCH), tuple)
    asked = [(pk, post_id) for pk, post_id in found if write(_ASK_ONCE, (pk, now, post_id))]
    for pk, post_id in asked:
        record_care(QUESTION_FOLLOWED_UP, None, lock_thread(None, pk), post_id=post_id)
    return len(asked)


@transaction.atomic
def _nudge() -> int:
    now = timezone.now()
    return nudge_these(_ids(_TO_NUDGE, (now - dt.timedelta(days=question_rules().nudge_days), BATCH)), now)


def nudge_these(locked: list[int], now: dt.datetime) -> int:
    """Remind the askers of these questions, of those not reminded yet. Returns how many."""
    waiting = list(_of(locked).filter(nudged_at=None))
    for care in waiting:
        care.nudged_at = now
        care.save(update_fields=["nudged_at"])
        record_care(QUESTION_NUDGED, None, lock_thread(None, care.pk), words=care.missing)
    return len(waiting)


@transaction.atomic
def _close() -> int:
    now, rules = timezone.now(), question_rules()
    reminded = now - dt.timedelta(days=max(rules.close_days - rules.nudge_days, 1))
    return close_these(_ids(_TO_CLOSE, (now - dt.timedelta(days=rules.close_days), reminded, BATCH)), now)


def close_these(locked: list[int], now: dt.datetime) -> int:
    """Close these questions, of those that wait still. Returns how many."""
    waiting = list(_of(locked).filter(closed_at=None))
    for care in waiting:
        thread = lock_thread(None, care.pk)
        thread.is_locked = True
        thread.save(update_fields=["is_locked"])
        care.closed_at = now
        care.save(update_fields=["closed_at"])
        record_change(None, thread, "lock", "no", "yes")
        record_care(QUESTION_EXPIRED, None, thread, words=care.missing)
    return len(waiting)


def _of(locked: list[int]) -> "QuerySet[QuestionCare, QuestionCare]":
    """What is missing still of these questions, read behind the lock."""
    return QuestionCare.objects.filter(pk__in=locked).exclude(missing="").order_by("pk")


def _ids(sql: str, params: Sequence[Any]) -> list[int]:
    return fetch(sql, params, lambda row: int(row[0]))
