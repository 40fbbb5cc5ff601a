"""What members are told about decisions: the author always why, the reporter what came of it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.models import Member
from community.messages.models import Message
from community.moderation.held import notices as held_notices
from community.moderation.models import Decision, PenaltyKind
from community.moderation.verbs import (
    CASE_DECIDED,
    CASE_OPENED,
    CASE_REOPENED,
    MEMBER_PENALISED,
    MESSAGE_REPORTED,
    PENALTY_LIFTED,
    POST_REPORTED,
)
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import AT_ONCE, Group, Kind, Mail, NoticeWords, Purpose, register

__all__ = ["held_notices"]


def _message_words(notice: Notice) -> NoticeWords:
    return NoticeWords(
        title=say("The team removed a message of yours"),
        text=say("Why: %(reason)s.") % {"reason": notice.payload["reason"]},
        url=notice.payload["url"],
        icon="shield",
        button=say("See its place"),
    )


def _post_words(notice: Notice, _subject: Any) -> NoticeWords:
    facts = notice.payload
    if facts.get("url"):
        return _message_words(notice)
    if facts["decision"] == Decision.HIDE:
        title = say("The team hid a post of yours")
        text = say("Why: %(reason)s. You can edit it, and the team looks again.") % {
            "reason": facts["reason"]
        }
    else:
        title = say("The team removed a post of yours")
        text = say("Why: %(reason)s. You can read it in its menu and write it again without that.") % {
            "reason": facts["reason"]
        }
    return NoticeWords(
        title=title, text=text, url=f"/p/{facts['post_id']}/menu/", icon="shield", button=say("See your post")
    )


def _back_words(notice: Notice, _subject: Any) -> NoticeWords:
    if notice.payload.get("url"):
        return NoticeWords(
            title=say("Your message is shown again"),
            text=say("The team took its decision back."),
            url=notice.payload["url"],
            icon="refresh",
            button=say("See your message"),
        )
    return NoticeWords(
        title=say("Your post is shown again"),
        text=say("The team took its decision back."),
        url=f"/p/{notice.payload['post_id']}/",
        icon="refresh",
        button=say("See your post"),
    )


def _until(notice: Notice) -> str:
    moment = dt.datetime.fromisoformat(notice.payload["until"])
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _penalty_words(notice: Notice, _subject: Any) -> NoticeWords:
    facts = notice.payload
    reason = facts["reason"]
    if facts["kind"] == PenaltyKind.WARN:
        title, text = (
            say("A word from the team"),
            say("Why: %(reason)s. Nothing is closed to you.") % {"reason": reason},
        )
    elif facts["kind"] == PenaltyKind.SILENCE:
        title = say("You can read, but not write, until %(day)s") % {"day": _until(notice)}
        text = say("Why: %(reason)s.") % {"reason": reason}
    else:
        title = say("Your account is paused until %(day)s") % {"day": _until(notice)}
        text = say("Why: %(reason)s.") % {"reason": reason}
    return NoticeWords(
        title=title, text=text, url="/guidelines/", icon="shield", button=say("Read the guidelines")
    )


def _lifted_words(notice: Notice, _subject: Any) -> NoticeWords:
    return NoticeWords(
        title=say("Everything is open to you again"),
        text=say("The team lifted what it had decided."),
        url="/",
        icon="check",
    )


def _outcome_words(notice: Notice, _subject: Any) -> NoticeWords:
    kept = notice.payload["decision"] == Decision.KEEP
    return NoticeWords(
        title=say("The team looked at what you reported"),
        text=say("It stays: we found it within the guidelines.")
        if kept
        else say("You were right. It is no longer shown."),
        url="/guidelines/",
        icon="flag",
    )


def _queue_words(notice: Notice, _subject: Any) -> NoticeWords:
    return NoticeWords(
        title=say("Something waits in the review queue"),
        text=say("It needs a decision by the team."),
        url="/moderation/",
        icon="flag",
        button=say("Open the queue"),
    )


# Other kinds of cases tell whom they concern by what their decisions record.
REPORTS = ("post_report", "message_report")
ACCOUNT_WHY = _("You get this because it concerns your account. It cannot be switched off.")
POST_DECIDED = register(
    Kind(
        "moderation.post",
        _("The team decides about a post of yours"),
        Purpose.ESSENTIAL,
        _post_words,
        ACCOUNT_WHY,
        group=Group.ACCOUNT,
        mail=Mail.SOON,
        mail_delay=AT_ONCE,
    )
)
POST_BACK = register(
    Kind(
        "moderation.post_back",
        _("A decision about your post is taken back"),
        Purpose.ESSENTIAL,
        _back_words,
        ACCOUNT_WHY,
        group=Group.ACCOUNT,
        mail=Mail.SOON,
        mail_delay=AT_ONCE,
    )
)
PENALISED = register(
    Kind(
        "moderation.penalty",
        _("Something is closed to you"),
        Purpose.ESSENTIAL,
        _penalty_words,
        ACCOUNT_WHY,
        group=Group.ACCOUNT,
        mail=Mail.SOON,
        mail_delay=AT_ONCE,
        priority=10,
    )
)
LIFTED = register(
    Kind(
        "moderation.lifted",
        _("Something is open to you again"),
        Purpose.ESSENTIAL,
        _lifted_words,
        ACCOUNT_WHY,
        group=Group.ACCOUNT,
        mail=Mail.SOON,
        mail_delay=AT_ONCE,
    )
)
OUTCOME = register(
    Kind(
        "moderation.outcome",
        _("The team decides about something you reported"),
        Purpose.SERVICE,
        _outcome_words,
        _("You get this because you reported a post."),
        group=Group.ACCOUNT,
    )
)
WAITING = register(
    Kind(
        "moderation.waiting",
        _("A post waits for a decision"),
        Purpose.SERVICE,
        _queue_words,
        _("You get this because you keep order here."),
        group=Group.ACCOUNT,
        merges=True,
        for_role="moderator",
    )
)


def _place(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what leads an author to their post, or to the place of their message."""
    message = Message.objects.filter(pk=facts.get("message_id") or 0).first()
    return {"url": message.get_absolute_url()} if message else {"post_id": facts["post_id"]}


@consumer(CASE_DECIDED, hears_replays=False)
def tell_about_decision(activity: Activity) -> None:
    """Tell the author what was decided and why, and the reporters what came of it."""
    facts = activity.payload
    if facts["kind"] not in REPORTS:
        return
    if facts["decision"] in (Decision.HIDE, Decision.REMOVE) and facts["author_id"]:
        payload = {"decision": facts["decision"], "reason": facts["reason"], **_place(facts)}
        notify(
            actor=activity.actor,
            member_ids=[facts["author_id"]],
            kind=POST_DECIDED,
            activity=activity,
            payload=payload,
        )
    others = [pk for pk in facts["reporter_ids"] if pk != facts["author_id"]]
    notify(
        actor=activity.actor,
        member_ids=others,
        kind=OUTCOME,
        activity=activity,
        payload={"decision": facts["decision"]},
    )


@consumer(CASE_REOPENED, hears_replays=False)
def tell_about_undo(activity: Activity) -> None:
    """Tell the author that a decision against their post was taken back."""
    facts = activity.payload
    if facts["kind"] in REPORTS and facts["author_id"] and facts["decision"] != Decision.KEEP:
        payload = _place(facts)
        notify(
            actor=activity.actor,
            member_ids=[facts["author_id"]],
            kind=POST_BACK,
            activity=activity,
            payload=payload,
        )


@consumer(MEMBER_PENALISED, hears_replays=False)
def tell_penalised(activity: Activity) -> None:
    """Tell a member what is closed to them, why and until when."""
    facts = activity.payload
    payload = {key: facts[key] for key in ("kind", "reason", "until")}
    notify(
        actor=activity.actor,
        member_ids=[facts["member_id"]],
        kind=PENALISED,
        activity=activity,
        payload=payload,
    )


@consumer(PENALTY_LIFTED, hears_replays=False)
def tell_lifted(activity: Activity) -> None:
    """Tell a member that everything is open again."""
    notify(actor=activity.actor, member_ids=[activity.payload["member_id"]], kind=LIFTED, activity=activity)


@consumer(POST_REPORTED, MESSAGE_REPORTED, CASE_OPENED, hears_replays=False)
def tell_team(activity: Activity) -> None:
    """Tell those who keep order everywhere that something waits; merged while unread."""
    if not activity.payload.get("tells_team", True):
        return
    team = Member.objects.filter(role__in=("moderator", "manager"), is_active=True).values_list(
        "pk", flat=True
    )
    notify(
        actor=activity.actor,
        member_ids=list(team),
        kind=WAITING,
        activity=activity,
        merge_key="moderation.waiting",
    )
