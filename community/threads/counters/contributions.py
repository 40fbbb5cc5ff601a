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


def concerned(activity: Activity) -> list[tuple[Counter, int]]:
    """Return which numbers of which members an Activity moves."""
    payload = activity.payload
    member_id: int | None
    if activity.verb in _REACTED:
        moved, member_id = [HELPED], payload["post_author_id"]
    elif activity.verb in _WROTE:
        # What is brought in comes with what readers elsewhere said about it.
        moved, member_id = [WRITTEN, HELPED] if activity.quiet else [WRITTEN], activity.actor_id
    elif activity.verb == POST_STATE_CHANGED.name:
        moved, member_id = [WRITTEN], payload["author_id"]
    else:
        moved, member_id = [ACCEPTED], payload["post_author_id"]
    return [(counter, member_id) for counter in moved if member_id is not None]


def awaited(counter: Counter) -> set[int]:
    """Return the members whose number is still to be moved: a number that waits for its turn has not drifted."""
    waiting = Activity.objects.filter(
        deliveries__consumer=CONSUMER, deliveries__done_at=None, deliveries__dead_at=None
    )
    return {
        member for activity in waiting.iterator() for moved, member in concerned(activity) if moved == counter
    }
