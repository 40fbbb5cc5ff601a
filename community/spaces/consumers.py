"""What spaces do when somebody comes into a group: it may bring levels of attention."""

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.groups.verbs import GROUP_JOINED
from community.members.models import GroupMembership
from community.spaces.group_levels import apply_group_levels


@consumer(GROUP_JOINED)
def bring_levels(activity: Activity) -> None:
    """Write the levels of a group for who is in it, unless they left in the meantime."""
    rows = GroupMembership.objects.filter(group=activity.target_pk, member=activity.payload["member_id"])
    place = rows.select_related("member").first()
    if place is not None:
        apply_group_levels(member=place.member, group_id=place.group_id)
