"""The kinds of notices about decisions, and what they say."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.moderation.models import AppealState, Decision, PenaltyKind
from community.moderation.scoring import say_hidden
from community.notifications.models import Notice
from community.notifications.registry import AT_ONCE, Group, Kind, Mail, NoticeWords, Purpose, register


def _sentence(facts: Mapping[str, Any]) -> str:
    """Return the reason as it stands in a sentence that brings its own full stop."""
    return str(facts["reason"]).rstrip().removesuffix(".")


def _message_words(notice: Notice) -> NoticeWords:
    return NoticeWords(
        title=say("The team removed a message of yours"),
        text=say("Why: %(reason)s.") % {"reason": _sentence(notice.payload)},
        url=_answer_url(notice.payload) if notice.payload.get("case_id") else notice.payload["url"],
        icon="shield",
        button=say("Read and answer"),
    )


def _post_words(notice: Notice, _subject: Any) -> NoticeWords:
    facts = notice.payload
    if facts.get("url"):
        return _message_words(notice)
    if facts["decision"] == Decision.HIDE:
        title = say("The team hid a post of yours")
    else:
        title = say("The team removed a post of yours")
    text = say("Why: %(reason)s. You can ask the team to look again, or write it anew without that.") % {
        "reason": _sentence(facts)
    }
    return NoticeWords(
        title=title, text=text, url=_answer_url(facts), icon="shield", button=say("Read and answer")
    )


def _hidden_words(notice: Notice, _subject: Any) -> NoticeWords:
    facts = notice.payload
    return NoticeWords(
        title=say("A post of yours is hidden until the team decides"),
        text=say("%(why)s You can read it and say why it should be shown.")
        % {"why": say_hidden(facts["why"])},
        url=_answer_url(facts),
        icon="shield",
        button=say("Read and answer"),
    )


def _appeal_words(notice: Notice, _subject: Any) -> NoticeWords:
    facts = notice.payload
    if facts["outcome"] == AppealState.UPHELD:
        title, text = (
            say("You were right: the team undid its decision"),
            say("Everything is as it was before."),
        )
    elif facts["outcome"] == AppealState.REJECTED:
        title = say("The team looked again, and its decision stands")
        text = say("Why: %(reason)s.") % {"reason": _sentence(facts)}
    else:
        title = say("The team looks at your appeal again")
        text = say("What it told you about it no longer holds. You hear what it decides.")
    return NoticeWords(title=title, text=text, url=_answer_url(facts), icon="shield", button=say("Read it"))


def _answer_url(facts: Mapping[str, Any]) -> str:
    """Return the page on which the member reads what was decided, and appeals."""
    if facts.get("case_id"):
        return f"/appeals/case/{facts['case_id']}/"
    if facts.get("penalty_id"):
        return f"/appeals/penalty/{facts['penalty_id']}/"
    # Notices from before there were appeals.
    return f"/p/{facts['post_id']}/menu/" if facts.get("post_id") else "/guidelines/"


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
    reason = _sentence(facts)
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
    if hidden := facts.get("hidden"):
        also = ngettext("%(n)d post of yours is hidden.", "%(n)d posts of yours are hidden.", hidden)
        text = f"{text} {also % {'n': hidden}}"
    return NoticeWords(
        title=title, text=text, url=_answer_url(facts), icon="shield", button=say("Read and answer")
    )


def _lifted_words(notice: Notice, _subject: Any) -> NoticeWords:
    still = notice.payload.get("still")
    return NoticeWords(
        title=say("Something is open to you again") if still else say("Everything is open to you again"),
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
REPORTS = ("post_report", "message_report", "post_taken_off")
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
POST_HIDDEN = register(
    Kind(
        "moderation.auto_hidden",
        _("Reports hide a post of yours until the team decides"),
        Purpose.ESSENTIAL,
        _hidden_words,
        ACCOUNT_WHY,
        group=Group.ACCOUNT,
        mail=Mail.SOON,
        mail_delay=AT_ONCE,
    )
)
APPEAL = register(
    Kind(
        "moderation.appeal",
        _("The team decides about an appeal of yours"),
        Purpose.ESSENTIAL,
        _appeal_words,
        ACCOUNT_WHY,
        group=Group.ACCOUNT,
        mail=Mail.SOON,
        mail_delay=AT_ONCE,
        priority=10,
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
