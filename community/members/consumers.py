"""What members do when they hear an Activity."""

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.invitations.actions import grant_invitations
from community.members.invitations.verbs import INVITATION_ACCEPTED
from community.members.models import Member
from community.members.verbs import MEMBER_JOINED


@consumer(MEMBER_JOINED, INVITATION_ACCEPTED, hears_replays=False)
def grant_what_invitations_open(activity: Activity) -> None:
    """Whoever has joined, and comes by an invitation, gets what it opens; in whatever order the two are heard."""
    joined = activity.verb == MEMBER_JOINED.name
    pk = activity.target_pk if joined else activity.payload["member_id"]
    member = Member.objects.get_queryset().filter(pk=pk).first()
    if member is not None:
        grant_invitations(actor=None, member=member)
