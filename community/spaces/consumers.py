"""What spaces do when somebody comes into a group: it may bring levels of attention."""

from community.activity.models import Activity
from community.activity.registry import batch_for, consumer
from community.members.groups.verbs import GROUP_DELETED, GROUP_JOINED, GROUP_LEFT
from community.members.models import GroupMembership, Member
from community.members.verbs import ROLE_CHANGED, TRUST_CHANGED
from community.spaces.entering.actions import settle_entered
from community.spaces.group_levels import (
    apply_group_levels,
    rules_bring_levels,
    settle_rule_levels,
    take_group_levels,
)
from community.spaces.models import SpaceFollow, TagFollow
from community.spaces.verbs import SPACE_MEMBER_ADDED


@consumer(GROUP_JOINED)
def bring_levels(activity: Activity) -> None:
    """Write the levels of a group for who is in it, unless they left in the meantime."""
    rows = GroupMembership.objects.filter(group=activity.target_pk, member=activity.payload["member_id"])
    place = rows.select_related("member").first()
    if place is not None:
        apply_group_levels(member=place.member, group_id=place.group_id)


@consumer(SPACE_MEMBER_ADDED)
def end_request(activity: Activity) -> None:
    """Somebody who is in a space no longer asks to be let in."""
    if activity.target_pk is not None:
        settle_entered(
            actor=activity.actor, space_id=activity.target_pk, member_id=activity.payload["member_id"]
        )


@consumer(GROUP_LEFT)
def take_levels(activity: Activity) -> None:
    """Take the levels a group brought from who left it, unless they are in it again."""
    member = _member(activity.payload["member_id"])
    if member is None or activity.target_pk is None:
        return
    if not GroupMembership.objects.filter(group=activity.target_pk, member=member).exists():
        take_group_levels(member=member, group_id=activity.target_pk)


@consumer(GROUP_DELETED)
def take_levels_of_gone(activity: Activity) -> None:
    """Take the levels that a group brought which is gone."""
    SpaceFollow.objects.filter(from_group=activity.target_pk).delete()
    TagFollow.objects.filter(from_group=activity.target_pk).delete()


@consumer(TRUST_CHANGED, ROLE_CHANGED)
def follow_rules(activity: Activity) -> None:
    """Bring and take what automatic groups bring, after a level or a role moved."""
    member = _member(activity.target_pk)
    if member is not None:
        settle_rule_levels(member=member)


@batch_for(follow_rules)
def follow_rules_of_many(activities: list[Activity]) -> None:
    """The same for many at once, each member once; nobody is looked at while no automatic group brings anything."""
    if rules_bring_levels():
        pks = {activity.target_pk for activity in activities}
        for member in Member.objects.get_queryset().filter(pk__in=pks).order_by("pk"):
            settle_rule_levels(member=member)


def _member(pk: int | None) -> Member | None:
    return Member.objects.get_queryset().filter(pk=pk or 0).first()
