"""The audit log hears what people with a role do; a suspension also reaches the member's browsers."""

from community.activity.models import Activity
from community.activity.registry import consumer
from community.brand.verbs import BRAND_CHANGED
from community.members.groups.verbs import (
    GROUP_ANSWERED,
    GROUP_ASKED,
    GROUP_CHANGED,
    GROUP_CREATED,
    GROUP_DELETED,
    GROUP_JOINED,
    GROUP_LEFT,
    GROUP_OWNER_CHANGED,
)
from community.members.models import AskState, GroupAsk, GroupMembership, Member
from community.members.trust.actions import settle_trust
from community.members.verbs import (
    ADMISSION_DECIDED,
    CUSTOMER_KNOWN,
    DOORS_CHANGED,
    PROVIDER_CHANGED,
    PROVIDER_REMOVED,
    ROLE_CHANGED,
    TRUST_SET,
)
from community.messages.verbs import MESSAGE_STATE_CHANGED
from community.moderation.actions import close_case, open_case
from community.moderation.appeals.actions import drop_moot_appeals
from community.moderation.audit import write_entry
from community.moderation.kinds.joining import JOIN_REQUEST
from community.moderation.spam import outcomes
from community.moderation.verbs import (
    APPEAL_DECIDED,
    CANNED_REASON_CHANGED,
    CASE_CLOSED,
    CASE_DECIDED,
    CASE_OVERTURNED,
    CASE_REOPENED,
    MEMBER_PENALISED,
    PENALTY_LIFTED,
)
from community.notifications.actions import forget_browsers
from community.spaces.verbs import (
    GROUP_LEVELS_CHANGED,
    SPACE_CHANGED,
    SPACE_CREATED,
    SPACE_MEMBER_ADDED,
    SPACE_MEMBER_REMOVED,
    TAG_RENAMED,
)
from community.threads.verbs import (
    POST_EDITED,
    POST_PURGED,
    POST_STATE_CHANGED,
    THREAD_CHANGED,
    THREAD_PURGED,
    THREAD_REGROUPED,
)

__all__ = ["outcomes"]


@consumer(
    APPEAL_DECIDED,
    CANNED_REASON_CHANGED,
    CASE_CLOSED,
    CASE_DECIDED,
    CASE_OVERTURNED,
    CASE_REOPENED,
    MEMBER_PENALISED,
    PENALTY_LIFTED,
    ROLE_CHANGED,
    TRUST_SET,
    GROUP_CREATED,
    GROUP_CHANGED,
    GROUP_DELETED,
    GROUP_JOINED,
    GROUP_LEFT,
    GROUP_OWNER_CHANGED,
    GROUP_LEVELS_CHANGED,
    CUSTOMER_KNOWN,
    ADMISSION_DECIDED,
    DOORS_CHANGED,
    PROVIDER_CHANGED,
    PROVIDER_REMOVED,
    BRAND_CHANGED,
    SPACE_CREATED,
    SPACE_CHANGED,
    SPACE_MEMBER_ADDED,
    SPACE_MEMBER_REMOVED,
    TAG_RENAMED,
    THREAD_CHANGED,
    THREAD_REGROUPED,
    THREAD_PURGED,
    POST_PURGED,
    POST_STATE_CHANGED,
    POST_EDITED,
    MESSAGE_STATE_CHANGED,
    hears_replays=False,
)
def write_audit(activity: Activity) -> None:
    """Write down what someone of the team did."""
    write_entry(activity)


@consumer(CASE_REOPENED, PENALTY_LIFTED, hears_replays=False)
def drop_appeals_that_are_moot(activity: Activity) -> None:
    """End an appeal against what was taken back before anybody decided it."""
    if activity.verb == CASE_REOPENED.name:
        case_id, penalty_id = activity.target_pk, None
    else:
        case_id, penalty_id = None, activity.payload["penalty_id"]
    drop_moot_appeals(actor=activity.actor, case_id=case_id, penalty_id=penalty_id)


@consumer(MEMBER_PENALISED, hears_replays=False)
def forget_browsers_of_the_suspended(activity: Activity) -> None:
    """Send nothing more to browsers of a member who may not come in."""
    member = Member.objects.filter(pk=activity.payload["member_id"]).first()
    if member is not None and member.is_suspended:
        forget_browsers(actor=None, member=member)


@consumer(MEMBER_PENALISED, PENALTY_LIFTED)
def settle_trust_of_penalised(activity: Activity) -> None:
    """A pause ends the level of a regular; lifting it opens the way again."""
    settle_trust(member_ids=[activity.payload["member_id"]], quiet=activity.quiet)


@consumer(GROUP_ASKED, hears_replays=False)
def queue_request(activity: Activity) -> None:
    """Bring a request before the team when nobody looks after the group. Owners decide on its page."""
    ask = GroupAsk.objects.filter(pk=activity.target_pk, state=AskState.OPEN).select_related("member").first()
    if ask is None or GroupMembership.objects.filter(group=ask.group_id, is_owner=True).exists():
        return
    open_case(actor=ask.member, kind=JOIN_REQUEST, subject=ask, about=ask.member)


@consumer(GROUP_ANSWERED, hears_replays=False)
def close_request(activity: Activity) -> None:
    """Take a request out of the queue that was answered elsewhere, or taken back."""
    ask = GroupAsk.objects.filter(pk=activity.target_pk).first()
    if ask is not None:
        close_case(actor=activity.actor, kind=JOIN_REQUEST, subject=ask)
