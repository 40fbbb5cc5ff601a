"""How a thread is steered, read as one column of the statement that reads its thread: nothing for nearly all of them."""

import datetime as dt
import json

from community.threads.queries.rows import Steered, TimerSeen

# For a thread `t` in its space `s`, and the reader.
STEERED = """SELECT json_build_array(GREATEST(COALESCE(g.slow_seconds, 0), s.slow_seconds), COALESCE(g.is_everywhere, false),
         EXISTS (SELECT 1 FROM threads_pinaside a WHERE a.thread_id = t.id AND a.member_id = %s),
         (SELECT json_agg(json_build_array(m.kind, EXTRACT(epoch FROM m.due_at), m.idle_days) ORDER BY m.due_at)
            FROM threads_threadtimer m WHERE m.thread_id = t.id AND m.kind <> 'remind'))::text
    FROM (SELECT 1) one LEFT JOIN threads_steering g ON g.thread_id = t.id"""


def read_steered(text: str | None) -> Steered | None:
    """Return what the column says, or nothing."""
    if text is None:
        return None
    slow, everywhere, aside, timers = json.loads(text)
    seen = (
        TimerSeen(kind, dt.datetime.fromtimestamp(float(due), dt.UTC), days)
        for kind, due, days in timers or ()
    )
    return Steered(slow, everywhere, aside, tuple(seen))
