"""What members are told when someone of the team looked at the site as them."""

from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.moderation.verbs import MEMBER_SEEN_AS
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, Mail, NoticeWords, Purpose, register


def _seen_words(notice: Notice, _subject: Any) -> NoticeWords:
    facts = notice.payload
    return NoticeWords(
        title=say("The team looked at the site as you see it"),
        text=say("For %(n)d minutes at most, reading only; your messages stayed closed. Why: %(reason)s.")
        % {"n": facts["minutes"], "reason": facts["reason"].rstrip(".")},
        icon="eye",
    )


SEEN_AS = register(
    Kind(
        key="moderation.seen_as",
        label=_("The team looks at the site as you see it"),
        why=_("You get this because someone of the team looked at the site as you."),
        group=Group.ACCOUNT,
        purpose=Purpose.ESSENTIAL,
        words=_seen_words,
        mail=Mail.SOON,
    )
)


@consumer(MEMBER_SEEN_AS, hears_replays=False)
def tell_who_was_seen_as(activity: Activity) -> None:
    """Tell a member that someone of the team looked as them."""
    facts = {name: activity.payload[name] for name in ("minutes", "reason")}
    notify(
        actor=None, member_ids=[activity.payload["member_id"]], kind=SEEN_AS, activity=activity, payload=facts
    )
