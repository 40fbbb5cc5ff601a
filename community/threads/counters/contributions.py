"""Whose numbers an Activity moves, and whose are still to be moved because it has not been heard yet."""

from community.activity.models import Activity
from community.threads.counters.truth import ACCEPTED, HELPED, WRITTEN, Counter
from community.threads.verbs import (
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
    POST_CREATED,
    POST_STATE_CHANGED,
    REACTION_ADDED,
    REACTION_REMOVED,
    THREAD_CREATED,
)

CONSUMER = "threads.count_contributions"
VERBS = (
    THREAD_CREATED,
    POST_CREATED,
    POST_STATE_CHANGED,
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
    REACTION_ADDED,
    REACTION_REMOVED,
)
_WROTE = {THREAD_CREATED.name, POST_CREATED.name}
_REACTED = {REACTION_ADDED.name, REACTION_REMOVED.name}


def concerned(activity: Activity) -> tuple[Counter, int] | None:
    """Return which numbers of which member an Activity moves."""
    payload = activity.payload
    member_id: int | None
    if activity.verb in _REACTED:
        counter, member_id = HELPED, payload["post_author_id"]
    elif activity.verb in _WROTE:
        counter, member_id = WRITTEN, activity.actor_id
    elif activity.verb == POST_STATE_CHANGED.name:
        counter, member_id = WRITTEN, payload["author_id"]
    else:
        counter, member_id = ACCEPTED, payload["post_author_id"]
    return None if member_id is None else (counter, member_id)


def awaited(counter: Counter) -> set[int]:
    """Return the members whose number is still to be moved: a number that waits for its turn has not drifted."""
    waiting = Activity.objects.filter(
        deliveries__consumer=CONSUMER, deliveries__done_at=None, deliveries__dead_at=None
    )
    moved = [concerned(activity) for activity in waiting]
    return {pair[1] for pair in moved if pair is not None and pair[0] == counter}
