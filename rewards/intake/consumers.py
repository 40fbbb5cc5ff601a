"""What intake does when somebody joins or shows that an address is theirs: what waited for them is theirs."""

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.models import Member
from community.members.verbs import ADDRESS_CONFIRMED, MEMBER_JOINED
from rewards.intake.actions import settle_waiting


# Who is brought in from elsewhere has no address here.
@consumer(MEMBER_JOINED, ADDRESS_CONFIRMED, hears_replays=False)
def match_brand_events(activity: Activity) -> None:
    """Put to a member what waits for one of their confirmed addresses."""
    member = Member.objects.filter(pk=activity.target_pk).first()
    if member is not None:
        settle_waiting(member=member)
