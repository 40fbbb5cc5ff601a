"""What members hear of those they invited, and of those who follow them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.invitations.verbs import INVITATION_ACCEPTED
from community.members.models import Follow
from community.members.permissions import can_read_profile
from community.members.verbs import MEMBER_FOLLOWED
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, Mail, NoticeWords, Purpose, register


def _came(notice: Notice, _subject: Any) -> NoticeWords:
    return NoticeWords(
        title=say("%(name)s came by your invitation") % {"name": notice.payload["name"]},
        text=say("A word of welcome from you goes a long way."),
        url=f"/@{notice.payload['handle']}/",
        icon="userplus",
        button=say("See their profile"),
    )


CAME = register(
    Kind(
        key="invitation.accepted",
        label=_("Somebody comes by your invitation"),
        why=_("You get this because you invited somebody."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        mail=Mail.DIGEST,
        words=_came,
    )
)


@consumer(INVITATION_ACCEPTED, hears_replays=False)
def tell_inviter(activity: Activity) -> None:
    """Tell whoever invited."""
    inviter = activity.payload["inviter_id"]
    if inviter is not None and inviter != activity.payload["member_id"]:
        told = {"name": activity.payload["name"], "handle": activity.payload["handle"]}
        notify(actor=activity.actor, member_ids=[inviter], kind=CAME, activity=activity, payload=told)


def _followed(notice: Notice, _subject: Any) -> NoticeWords:
    one = notice.actors[0] if notice.people == 1 and notice.actors else None
    return NoticeWords(
        title=ngettext("%(names)s follows you", "%(names)s follow you", notice.people)
        % {"names": notice.names},
        url=f"/@{one.handle}/" if one else reverse("me"),
        icon="people",
        button=say("See their profile") if one else "",
    )


FOLLOWED = register(
    Kind(
        key="member.followed",
        label=_("Somebody begins to follow you"),
        why=_("You get this because somebody follows you now."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        mail=Mail.OFF,
        words=_followed,
        merges=True,
    )
)


@consumer(MEMBER_FOLLOWED, hears_replays=False)
def tell_followed(activity: Activity) -> None:
    """Tell a member who follows them now: once for each, and nothing of those who keep their follows to themselves."""
    follow = Follow.objects.filter(pk=activity.target_pk).select_related("follower", "followed").first()
    if follow is None or not follow.follower.shows_follows:
        return
    if not can_read_profile(follow.followed, follow.follower) or _was_told(activity):
        return
    told = [follow.followed_id]
    notify(
        actor=follow.follower, member_ids=told, kind=FOLLOWED, activity=activity, merge_key="member.followed"
    )


def _was_told(activity: Activity) -> bool:
    """Whether the same one followed the same one before: who stops and begins again is not news."""
    earlier = Activity.objects.filter(
        actor=activity.actor_id, verb=MEMBER_FOLLOWED.name, pk__lt=activity.pk, payload=activity.payload
    )
    return earlier.exists()
