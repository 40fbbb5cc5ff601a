"""What rooms do when they hear that a space was closed to somebody."""

from community.activity.models import Activity
from community.activity.registry import consumer
from community.messages.actions import leave_rooms_out_of_sight
from community.spaces.verbs import CHANGES_SIGHT, SPACE_CHANGED, SPACE_MEMBER_REMOVED


@consumer(SPACE_MEMBER_REMOVED)
def leave_rooms_of_space(activity: Activity) -> None:
    """Take a member out of the rooms of a space they may not read any more."""
    leave_rooms_out_of_sight(
        actor=activity.actor, space_pk=activity.target_pk, member=activity.payload["member_id"]
    )


@consumer(SPACE_CHANGED)
def follow_access_of_space(activity: Activity) -> None:
    """Take everyone out of the rooms of a space that was closed to them."""
    if not CHANGES_SIGHT.isdisjoint(activity.payload["fields"]):
        leave_rooms_out_of_sight(actor=activity.actor, space_pk=activity.target_pk)
