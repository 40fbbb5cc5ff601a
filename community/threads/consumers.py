"""What threads do when they hear of themselves: keep the numbers on the members who wrote, answered and helped.

The numbers are counted from the rows, not added up: hearing something twice, late or in another order does no harm.
"""

from community.activity.models import Activity
from community.activity.registry import batch_for, consumer
from community.spaces.models import Tag
from community.spaces.verbs import SPACE_CHANGED
from community.threads.counters import recount_rows
from community.threads.counters.truth import ACCEPTED, HELPED, TAGS, WRITTEN, Counter
from community.threads.models import Thread
from community.threads.verbs import (
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
    POST_CREATED,
    POST_STATE_CHANGED,
    REACTION_ADDED,
    REACTION_REMOVED,
    THREAD_CREATED,
)

_WROTE = {THREAD_CREATED.name, POST_CREATED.name}
_REACTED = {REACTION_ADDED.name, REACTION_REMOVED.name}


@consumer(
    THREAD_CREATED,
    POST_CREATED,
    POST_STATE_CHANGED,
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
    REACTION_ADDED,
    REACTION_REMOVED,
)
def count_contributions(activity: Activity) -> None:
    """Count what the member concerned has written, had accepted, and helped with."""
    count_many([activity])


@batch_for(count_contributions)
def count_many(activities: list[Activity]) -> None:
    """Count for many activities at once: each member once."""
    concerned: dict[Counter, set[int]] = {WRITTEN: set(), ACCEPTED: set(), HELPED: set()}
    for activity in activities:
        for counter, member_id in _concerned(activity):
            if member_id is not None:
                concerned[counter].add(member_id)
    for counter, ids in concerned.items():
        recount_rows(counter, ids)


def _concerned(activity: Activity) -> list[tuple[Counter, int | None]]:
    payload = activity.payload
    if activity.verb in _REACTED:
        return [(HELPED, payload["post_author_id"])]
    if activity.verb in _WROTE:
        # What is brought in comes with what readers elsewhere said about it.
        helped = [(HELPED, activity.actor_id)] if activity.quiet else []
        return [(WRITTEN, activity.actor_id), *helped]
    if activity.verb == POST_STATE_CHANGED.name:
        return [(WRITTEN, payload["author_id"])]
    return [(ACCEPTED, payload["post_author_id"])]


@consumer(SPACE_CHANGED)
def count_tags_of_space(activity: Activity) -> None:
    """Count the tags of a space that was opened or closed: the words of a private one are listed nowhere else."""
    if "access" not in activity.payload["fields"]:
        return
    used = Thread.objects.filter(space_id=activity.target_pk).values_list("tags", flat=True).distinct()
    slugs = {slug for tags in used.iterator() for slug in tags}
    recount_rows(TAGS, Tag.objects.filter(slug__in=slugs).values_list("pk", flat=True))
