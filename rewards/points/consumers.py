"""What points do when something happens in the community."""

from community.activity.models import Activity
from community.activity.registry import batch_for, consumer
from community.threads.verbs import (
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
    POST_CREATED,
    POST_STATE_CHANGED,
    REACTION_ADDED,
    REACTION_REMOVED,
    THREAD_CHANGED,
    THREAD_CREATED,
    THREAD_REGROUPED,
)
from rewards.intake.verbs import EVENT_ARRIVED
from rewards.points.earning.hear import hear


@consumer(
    THREAD_CREATED,
    POST_CREATED,
    POST_STATE_CHANGED,
    REACTION_ADDED,
    REACTION_REMOVED,
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
    THREAD_CHANGED,
    THREAD_REGROUPED,
    EVENT_ARRIVED,
)
def settle_points(activity: Activity) -> None:
    """Award or take back what a contribution is worth, where it stands now."""
    hear([activity])


@batch_for(settle_points)
def settle_points_of_many(activities: list[Activity]) -> None:
    """The same for many at once."""
    hear(activities)
