"""What becomes of shown titles when what gave them changes."""

from community.activity.models import Activity
from community.activity.registry import batch_for, consumer
from community.members.groups.verbs import GROUP_CHANGED, GROUP_DELETED, GROUP_LEFT
from community.members.models import Member
from community.members.titles.actions import settle_title, settle_titles_of_group
from community.members.verbs import ROLE_CHANGED, TRUST_CHANGED


@consumer(GROUP_LEFT)
def take_title_off(activity: Activity) -> None:
    """Whoever left a group no longer shows its title."""
    settle_title(member_id=activity.payload["member_id"])


@consumer(TRUST_CHANGED, ROLE_CHANGED)
def follow_rules(activity: Activity) -> None:
    """Whoever fell out of an automatic group no longer shows its title."""
    if activity.target_pk is not None:
        settle_title(member_id=activity.target_pk)


@batch_for(follow_rules)
def follow_rules_of_many(activities: list[Activity]) -> None:
    """The same for many at once: only who shows a title is looked at."""
    members = Member.objects.get_queryset().filter(pk__in={activity.target_pk for activity in activities})
    for pk in members.exclude(title_from="").order_by("pk").values_list("pk", flat=True):
        settle_title(member_id=pk)


@consumer(GROUP_CHANGED, GROUP_DELETED)
def reword_titles(activity: Activity) -> None:
    """Show the title of a group as it reads now; of a group that is gone nobody shows it."""
    fields = activity.payload.get("fields", ["title"])
    if activity.target_pk is not None and "title" in fields:
        settle_titles_of_group(group_id=activity.target_pk)
