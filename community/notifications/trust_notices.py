"""What members are told about their level of trust: that it grew, what a manager decided, and that it begins to slip."""

import datetime as dt
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.trust.marks import level_name
from community.members.trust.rights import rights_at
from community.members.verbs import TRUST_CHANGED, TRUST_SET, TRUST_SLIPPING
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, Mail, NoticeWords, Purpose, register

MINE = "/me/trust/"


def _moved(notice: Notice, _subject: Any) -> NoticeWords:
    before, after = notice.payload["before"], notice.payload["after"]
    opened = [words for level in range(before + 1, after + 1) for words in rights_at(level)]
    if after > before:
        title = say("People here know you better: you are now at level %(level)s, %(name)s")
    else:
        title = say("You are now at level %(level)s, %(name)s")
        opened = [say("The page says what brings the level back.")]
    return NoticeWords(
        title=title % {"level": after, "name": level_name(after)},
        text="; ".join(opened),
        url=MINE,
        icon="shield",
        button=say("See what it opens"),
    )


def _decided(notice: Notice, _subject: Any) -> NoticeWords:
    level = notice.payload["after"]
    title = say("The team set your level: %(level)s, %(name)s") % {"level": level, "name": level_name(level)}
    text = say("Why: %(reason)s.") % {"reason": notice.payload["reason"].rstrip(".")}
    return NoticeWords(title=title, text=text, url=MINE, icon="shield", button=say("See where you stand"))


def _slipping(notice: Notice, _subject: Any) -> NoticeWords:
    until = timezone.localtime(dt.datetime.fromisoformat(notice.payload["until"]))
    return NoticeWords(
        title=say("You keep your level as a regular until %(day)s")
        % {"day": formats.date_format(until, "DATE_FORMAT")},
        text=say("There is no hurry. The page says what is missing."),
        url=MINE,
        icon="shield",
        button=say("See what is missing"),
    )


MOVED = register(
    Kind(
        key="member.trust",
        label=_("Your level of trust grows"),
        why=_("You get this because your level here changed."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        mail=Mail.DIGEST,
        words=_moved,
    )
)
DECIDED = register(
    Kind(
        key="member.trust_set",
        label=_("The team decides your level"),
        why=_("You get this because it concerns your account. It cannot be switched off."),
        group=Group.ACCOUNT,
        purpose=Purpose.ESSENTIAL,
        mail=Mail.SOON,
        words=_decided,
    )
)
SLIPPING = register(
    Kind(
        key="member.trust_slips",
        label=_("Your level as a regular begins to slip"),
        why=_("You get this because your level here changes soon."),
        group=Group.ACCOUNT,
        purpose=Purpose.SERVICE,
        words=_slipping,
    )
)


@consumer(TRUST_CHANGED, hears_replays=False)
def tell_of_new_level(activity: Activity) -> None:
    """Tell a member that their level moved; what a manager decided is told by itself."""
    payload = activity.payload
    if payload["cause"] != "set":
        told = {"before": payload["before"], "after": payload["after"]}
        notify(actor=None, member_ids=[activity.target_pk], kind=MOVED, activity=activity, payload=told)


@consumer(TRUST_SET, hears_replays=False)
def tell_of_decided_level(activity: Activity) -> None:
    """Tell a member what a manager decided, and why."""
    told = {"after": activity.payload["after"], "reason": activity.payload["reason"]}
    notify(
        actor=activity.actor, member_ids=[activity.target_pk], kind=DECIDED, activity=activity, payload=told
    )


@consumer(TRUST_SLIPPING, hears_replays=False)
def tell_of_grace(activity: Activity) -> None:
    """Tell a regular until when the level stays."""
    told = {"until": activity.payload["until"]}
    notify(actor=None, member_ids=[activity.target_pk], kind=SLIPPING, activity=activity, payload=told)
