"""What members hear of those they invited."""

from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.invitations.verbs import INVITATION_ACCEPTED
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
