"""What members are told about the ways into their account."""

from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.verbs import ADMISSION_DECIDED, DEVICE_IS_NEW
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.push.labels import label_of
from community.notifications.registry import AT_ONCE, Group, Kind, Mail, NoticeWords, Purpose, register


def _new_device(notice: Notice, _subject: Any) -> NoticeWords:
    when = formats.date_format(timezone.localtime(notice.created_at), "DATETIME_FORMAT")
    return NoticeWords(
        title=_("Somebody signed in to your account with a new device"),
        text=_("%(device)s, %(when)s. If it was you, there is nothing to do. We do not look up where it was.")
        % {"device": label_of(notice.payload["agent"]), "when": when},
        url="/account/sessions/",
        icon="lock",
        button=_("See your devices"),
        hint=_("If it was not you: sign that device out there, then choose a new password."),
    )


def _let_in(notice: Notice, _subject: Any) -> NoticeWords:
    return NoticeWords(
        title=_("Welcome: the team let you in"),
        text=notice.payload["answer"] or _("You can sign in now."),
        url="/sign-in/",
        icon="check",
        button=_("Sign in"),
    )


def _not_let_in(notice: Notice, _subject: Any) -> NoticeWords:
    return NoticeWords(
        title=_("The team did not let you in this time"),
        text=notice.payload["answer"],
        url="/",
        icon="shield",
        button=_("Go to the community"),
    )


def _essential(key: str, label: Any, why: Any, words: Any, **more: Any) -> Kind:
    return register(
        Kind(
            key=key,
            label=label,
            why=why,
            group=Group.ACCOUNT,
            purpose=Purpose.ESSENTIAL,
            mail=Mail.SOON,
            mail_delay=AT_ONCE,
            words=words,
            priority=95,
            **more,
        )
    )


NEW_DEVICE = _essential(
    "member.new_device",
    gettext_lazy("Someone signed in with a new device"),
    gettext_lazy("You get this because your account was opened in a browser it was never opened in."),
    _new_device,
)
LET_IN = _essential(
    "admission.approved",
    gettext_lazy("The team let you in"),
    gettext_lazy("You get this because you asked to join."),
    _let_in,
)
NOT_LET_IN = _essential(
    "admission.refused",
    gettext_lazy("The team did not let you in"),
    gettext_lazy("You get this because you asked to join."),
    _not_let_in,
    reaches_closed=True,
)


@consumer(DEVICE_IS_NEW, hears_replays=False)
def tell_of_new_device(activity: Activity) -> None:
    """Tell a member that their account was opened with a device it was never opened with."""
    agent = {"agent": activity.payload["agent"]}
    notify(actor=None, member_ids=[activity.target_pk], kind=NEW_DEVICE, activity=activity, payload=agent)


@consumer(ADMISSION_DECIDED, hears_replays=False)
def tell_of_admission(activity: Activity) -> None:
    """Tell a newcomer what the team said."""
    kind = LET_IN if activity.payload["approved"] else NOT_LET_IN
    said = {"answer": activity.payload["answer"]}
    notify(actor=None, member_ids=[activity.target_pk], kind=kind, activity=activity, payload=said)
