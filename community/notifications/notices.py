"""What e-mail itself brings: parts of the digest, and what members are told about mail that came back or was not posted."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.activity.models import Activity
from community.activity.registry import consumer
from community.notifications import door_notices, group_notices, people_notices, trust_notices
from community.notifications.actions import notify
from community.notifications.models import Notice, Stopped
from community.notifications.queries.digests import waiting_notices
from community.notifications.registry import AT_ONCE, Group, Kind, Mail, NoticeWords, Purpose, register
from community.notifications.sections import Part, register_part
from community.notifications.verbs import ADDRESS_STOPPED, REPLY_REFUSED

__all__ = ["door_notices", "group_notices", "people_notices", "trust_notices"]

SETTINGS = "/me/settings/notifications/"

WAITING = register_part(
    Part(
        key="waiting",
        title=gettext_lazy("Waiting for you"),
        order=10,
        gather=lambda ask: waiting_notices(ask, recognition=False),
    )
)
BROUGHT = register_part(
    Part(
        key="brought",
        title=gettext_lazy("What your words brought"),
        order=40,
        gather=lambda ask: waiting_notices(ask, recognition=True),
    )
)


def _stopped(notice: Notice, _subject: Any) -> NoticeWords:
    return NoticeWords(
        title=_("No e-mail reaches you any more. You can mend it in your settings."),
        text=str(Stopped(notice.payload["reason"]).label),
        url=SETTINGS,
        icon="warning",
    )


def _refused(notice: Notice, _subject: Any) -> NoticeWords:
    return NoticeWords(
        title=_("Your reply by e-mail was not posted"),
        text=notice.payload["reason"],
        url=notice.payload["url"] or "/notifications/",
        icon="warning",
        button=_("Reply on the site"),
    )


ADDRESS_IS_STOPPED = register(
    Kind(
        key="mail.stopped",
        label=gettext_lazy("E-mail no longer reaches you"),
        why=gettext_lazy("You get this because mail to you came back."),
        group=Group.ACCOUNT,
        # Nobody can switch it off. The gate drops its e-mail, for the same reason that it tells.
        purpose=Purpose.ESSENTIAL,
        words=_stopped,
        priority=90,
    )
)
REPLY_NOT_POSTED = register(
    Kind(
        key="mail.reply_refused",
        label=gettext_lazy("Your reply by e-mail was not posted"),
        why=gettext_lazy("You get this because you answered one of our e-mails."),
        group=Group.ACCOUNT,
        purpose=Purpose.ESSENTIAL,
        mail=Mail.SOON,
        mail_delay=AT_ONCE,
        words=_refused,
        priority=90,
    )
)


@consumer(ADDRESS_STOPPED, hears_replays=False)
def tell_of_stopped_address(activity: Activity) -> None:
    """Tell a member on the site that mail to them came back, and how to mend it."""
    reason = {"reason": activity.payload["reason"]}
    notify(
        actor=None,
        member_ids=[activity.target_pk],
        kind=ADDRESS_IS_STOPPED,
        activity=activity,
        payload=reason,
    )


@consumer(REPLY_REFUSED, hears_replays=False)
def tell_of_refused_reply(activity: Activity) -> None:
    """Tell a member why their reply was not posted."""
    said = {"reason": activity.payload["reason"], "url": activity.payload["url"]}
    notify(
        actor=None,
        member_ids=[activity.target_pk],
        kind=REPLY_NOT_POSTED,
        activity=activity,
        payload=said,
    )
