"""Whose reading is behind: told to the rows of those who had read all, soon after a post came.

A row that is told already is not told again, so a thread with ten thousand readers costs ten thousand writes once, not with
each post. The list of what is unread looks through the latest threads by itself; it needs these marks for the older ones.
"""

from collections.abc import Sequence

from community.sql import write

# Told in the order of their keys, so that two who tell never wait for each other in a circle.
_TELL = """
WITH found AS (
  SELECT r.id, t.last_position FROM threads_readstate r JOIN threads_thread t ON t.id = r.thread_id
   WHERE {which} AND r.last_read_position < t.last_position AND r.reached <= r.last_read_position
   ORDER BY r.id FOR NO KEY UPDATE OF r
)
UPDATE threads_readstate r SET reached = GREATEST(r.reached, found.last_position) FROM found WHERE r.id = found.id
RETURNING r.id
"""
_BATCH = 20_000


def tell_readers(thread_ids: Sequence[int]) -> int:
    """Tell everyone who had read all of some threads that there is more. Returns how many were told."""
    return len(write(_TELL.format(which="r.thread_id = ANY(%s::bigint[])"), (list(thread_ids),)))


def tell_everyone() -> int:
    """Tell whoever was not told, in batches: every night, and after an import. Returns how many were."""
    ((first, last),) = write("SELECT min(id), max(id) FROM threads_readstate", ())
    told = 0
    for start in range(first or 0, (last or -1) + 1, _BATCH):
        told += len(write(_TELL.format(which="r.id >= %s AND r.id < %s"), (start, start + _BATCH)))
    return told
