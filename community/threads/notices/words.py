"""What the notices of threads say."""

import dataclasses

from django.utils.functional import lazy
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.notifications.models import Notice
from community.notifications.registry import NoticeWords
from community.threads.models import ReactionKind
from community.threads.notices.subjects import PostTold, ThreadTold
from community.threads.plain import plain

QUOTED = 400


def _said(post: PostTold) -> str:
    """Return the beginning of a post as plain text, without what its spoilers hide."""
    return Truncator(plain(post.body_html)).chars(QUOTED)


# Only e-mails quote, and inboxes are read far more often.
_LATER_SAID = lazy(_said, str)


def about_post(post: PostTold, title: str, icon: str, button: str, hint: str = "") -> NoticeWords:
    return NoticeWords(
        title=title,
        text=post.thread.title,
        url=post.get_absolute_url(),
        icon=icon,
        quote=_LATER_SAID(post),
        quote_by=post.author.name if post.author else _("Former member"),
        button=button,
        hint=hint,
    )


def answered(notice: Notice, post: PostTold) -> NoticeWords:
    """The first answer to a question, said to who asked it."""
    return about_post(
        post,
        _("%(names)s answered your question") % {"names": notice.names},
        "chat",
        _("Read the full answer"),
        _("If it worked, choose it as the answer. It thanks the writer and helps the next person."),
    )


def replied(notice: Notice, post: PostTold) -> NoticeWords:
    """A reply to the reader's post or thread."""
    return about_post(
        post, _("%(names)s replied to you") % {"names": notice.names}, "reply", _("Read the reply")
    )


def thread_replied(notice: Notice, post: PostTold) -> NoticeWords:
    """Replies in a thread the reader follows, gathered while unread."""
    title = ngettext(
        "%(names)s replied in a thread you follow",
        "%(names)s wrote %(n)d replies in a thread you follow",
        notice.event_count,
    ) % {"names": notice.names, "n": notice.event_count}
    return about_post(post, title, "chat", _("Read on"))


def mentioned(notice: Notice, post: PostTold) -> NoticeWords:
    """A post that names the reader."""
    return about_post(post, _("%(names)s mentioned you") % {"names": notice.names}, "at", _("Read the post"))


def accepted(notice: Notice, post: PostTold) -> NoticeWords:
    """The reader's answer was chosen."""
    title = _("%(names)s says your answer worked") % {"names": notice.names}
    if notice.payload.get("by_team"):
        title = _("The team marked your answer as the one that works")
    return about_post(post, title, "check", _("See your answer"))


def reacted(notice: Notice, post: PostTold) -> NoticeWords:
    """What readers said about the reader's post, gathered while unread."""
    titles = {
        ReactionKind.HELPFUL: _("Your post helped %(names)s"),
        ReactionKind.THANKS: _("%(names)s thanked you"),
        ReactionKind.SAME: _("%(names)s has the same question")
        if notice.people == 1
        else _("%(names)s have the same question"),
    }
    title = titles[ReactionKind(notice.payload["kind"])] % {"names": notice.names}
    return about_post(post, title, "heart", _("See your post"))


def begun(notice: Notice, thread: ThreadTold) -> NoticeWords:
    """New threads in a space the reader follows, gathered while unread."""
    if notice.event_count > 1:
        title = ngettext(
            "%(n)d new thread in %(space)s", "%(n)d new threads in %(space)s", notice.event_count
        ) % {"n": notice.event_count, "space": thread.space.name}
        return NoticeWords(title=title, url=thread.space.get_absolute_url(), icon="spaces")
    return NoticeWords(
        title=_("%(names)s began a thread in %(space)s")
        % {"names": notice.names, "space": thread.space.name},
        text=thread.title,
        url=thread.get_absolute_url(),
        icon="spaces",
    )


def did_it_work(notice: Notice, post: PostTold) -> NoticeWords:
    """Three days after the first answer: did it work? The two presses stand on the page of the question."""
    title = _("Did this solve your question?")
    hint = _("“Yes, this one” thanks the writer and helps the next person. “Not yet” keeps it open.")
    words = about_post(post, title, "check", _("Say yes or not yet"), hint)
    return dataclasses.replace(words, url=f"/t/{notice.thread_id}/#solved")


def info_wanted(notice: Notice, thread: ThreadTold) -> NoticeWords:
    """What a helper misses, and once more while nothing came."""
    title = _("%(names)s needs to know more to answer you") % {"names": notice.names}
    if notice.payload.get("again") or not notice.actor_ids:
        title = _("Your question still waits for a detail from you")
    return _of_question(thread, title, notice, _("Add what is missing"))


def closed_waiting(notice: Notice, thread: ThreadTold) -> NoticeWords:
    """The question was closed because nothing came."""
    title = _("Your question was closed: what was asked for never came")
    return _of_question(thread, title, notice, _("Open it again"))


def _of_question(thread: ThreadTold, title: str, notice: Notice, button: str) -> NoticeWords:
    return NoticeWords(
        title=title,
        text=thread.title,
        url=f"{thread.get_absolute_url()}#missing",
        icon="info",
        quote=str(notice.payload.get("words", "")),
        button=button,
    )
