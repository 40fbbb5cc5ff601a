"""What lists do when points change, or threads go elsewhere."""

from community.activity.models import Activity
from community.activity.registry import batch_for, consumer
from community.moderation.audit import write_entry
from community.sql import fetch
from community.threads.verbs import POST_PURGED, THREAD_CHANGED, THREAD_PURGED, THREAD_REGROUPED
from rewards.leaderboards.sums import Cell, settle_days
from rewards.leaderboards.verbs import BOARD_CHANGED
from rewards.points.verbs import POINTS_CHANGED

_ONE = """
SELECT transfer.member_id, COALESCE(original.day, transfer.day) FROM points_transfer transfer
LEFT JOIN points_transfer original ON original.id = transfer.reverses_id
WHERE transfer.id = ANY(%s) AND transfer.programme_id = 'main' AND COALESCE(original.kind, transfer.kind) = 'award'
"""
_POSTS = """
SELECT DISTINCT member_id, day FROM points_transfer WHERE kind = 'award' AND post_id = ANY(%s)
UNION SELECT DISTINCT member_id, day FROM points_transfer
WHERE kind = 'award' AND post_id IN (SELECT id FROM threads_post WHERE thread_id = ANY(%s))
"""


@consumer(POINTS_CHANGED)
def count_points(activity: Activity) -> None:
    """Count the day of an award, or of the award that was taken back, again."""
    count_points_of_many([activity])


@batch_for(count_points)
def count_points_of_many(activities: list[Activity]) -> None:
    """The same for many at once."""
    settle_days(_cells(_ONE, [activity.target_pk for activity in activities]))


@consumer(THREAD_CHANGED, THREAD_REGROUPED, THREAD_PURGED, POST_PURGED)
def count_elsewhere(activity: Activity) -> None:
    """Count what was awarded in a thread for the space it is in now."""
    payload = activity.payload
    if payload.get("change", "move") != "move":
        return
    threads = [] if "post_ids" in payload else [payload["thread_id"]]
    settle_days(_cells(_POSTS, payload.get("post_ids", []), threads))


@consumer(BOARD_CHANGED, hears_replays=False)
def audit_boards(activity: Activity) -> None:
    """Write down who changed the lists."""
    write_entry(activity)


def _cells(sql: str, *ids: list[int]) -> list[Cell]:
    return fetch(sql, ids, lambda row: (row[0], row[1]))
