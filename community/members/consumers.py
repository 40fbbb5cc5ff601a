"""What members do when they hear an Activity: what invitations open, and the groups of a confirmed address."""

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.groups.actions import settle_domains, settle_group_domains
from community.members.groups.counting import count_automatic_groups, move_automatic_counts
from community.members.groups.verbs import GROUP_CHANGED, GROUP_CREATED
from community.members.invitations.actions import grant_invitations
from community.members.invitations.verbs import INVITATION_ACCEPTED
from community.members.models import Group, Member, Rule
from community.members.titles import consumers as _titles  # noqa: F401 - its consumers are of this app
from community.members.verbs import ADDRESS_CONFIRMED, MEMBER_JOINED, ROLE_CHANGED, TRUST_CHANGED


@consumer(MEMBER_JOINED, INVITATION_ACCEPTED, hears_replays=False)
def grant_what_invitations_open(activity: Activity) -> None:
    """Whoever has joined, and comes by an invitation, gets what it opens; in whatever order the two are heard."""
    joined = activity.verb == MEMBER_JOINED.name
    pk = activity.target_pk if joined else activity.payload["member_id"]
    member = Member.objects.get_queryset().filter(pk=pk).first()
    if member is not None:
        grant_invitations(actor=None, member=member)


@consumer(ADDRESS_CONFIRMED, MEMBER_JOINED, hears_replays=False)
def follow_domains(activity: Activity) -> None:
    """Put a member into the groups of the domains they have shown to be at.

    Whoever was brought in from elsewhere has no address; the first they confirm here is heard.
    """
    member = Member.objects.get_queryset().present().filter(pk=activity.target_pk).first()
    if member is not None:
        settle_domains(member=member)


@consumer(GROUP_CREATED, GROUP_CHANGED)
def follow_group_domains(activity: Activity) -> None:
    """Bring a group up to date whose domains were set."""
    group = Group.objects.filter(pk=activity.target_pk).first()
    if group is not None and "email_domains" in activity.payload["fields"]:
        settle_group_domains(group=group)


@consumer(TRUST_CHANGED, hears_replays=False)
def count_levels(activity: Activity) -> None:
    """Keep the counts of the groups by trust level; every hour they are counted anew."""
    move_automatic_counts(before=activity.payload["before"], after=activity.payload["after"])


@consumer(ROLE_CHANGED)
def count_team(_activity: Activity) -> None:
    """Keep the counts of the groups of the team."""
    count_automatic_groups(Rule.TEAM, Rule.MODERATORS)
