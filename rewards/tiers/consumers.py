"""What tiers do when points change."""

from community.activity.models import Activity
from community.activity.registry import batch_for, consumer
from rewards.points.models import MAIN
from rewards.points.verbs import POINTS_CHANGED
from rewards.tiers.actions import settle_tiers


@consumer(POINTS_CHANGED)
def follow_points(activity: Activity) -> None:
    """Put the member into the tier they have earned."""
    follow_points_of_many([activity])


@batch_for(follow_points)
def follow_points_of_many(activities: list[Activity]) -> None:
    """The same for many at once: each member is looked at once, for the last change."""
    settle_tiers(
        causes={
            activity.payload["member_id"]: (activity.occurred_at, activity.quiet)
            for activity in activities
            # The log of before programmes does not name any.
            if activity.payload["earned"] and activity.payload.get("programme", MAIN) == MAIN
        }
    )
