"""Pages of the rankings that `community.threads.ranking` writes."""

from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.threads.queries.attention import not_blocked
from community.threads.queries.cursors import Cursor
from community.threads.queries.lists import PAGE, Order, ThreadList, run_list


def list_ranked(viewer: Member | None, ranking: str, after: Cursor | None = None) -> ThreadList:
    """Return a page of a ranking (a `Ranking`), of the threads a viewer may read.

    `why` of a row is `"place.thanks.people"`: what it was ranked by.
    """
    spaces, readable = readable_spaces(viewer)
    others, me = not_blocked(viewer)
    sql = f"""SELECT t.*, 0 AS first, k.place || '.' || k.thanks || '.' || k.people AS why, k.place
      FROM threads_rankedthread k
      JOIN threads_thread t ON t.id = k.thread_id AND t.state = 'visible' AND t.space_id IN ({spaces})
     WHERE k.ranking = %s AND k.place > %s{others} ORDER BY k.place LIMIT {PAGE + 1}"""
    place = min(after.value, 30_000) if after is not None else 0
    return run_list(viewer, (sql, (*readable, ranking, place, *me)), "t.place", Order.RANKED)
