"""What authors hear when the team did something with their words, and reminders that members set themselves."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.activity.models import Activity
from community.activity.registry import consumer
from community.notifications.actions import notify, reconsider
from community.notifications.models import Notice
from community.notifications.registry import AT_ONCE, Group, Kind, Mail, NoticeWords, Purpose, register
from community.threads.models import State, Thread
from community.threads.notices.kinds import mute
from community.threads.notices.subjects import ThreadTold, load_threads
from community.threads.queries.audience import who_may_hear
from community.threads.verbs import POST_JUDGED, THREAD_CHANGED, THREAD_REGROUPED, THREAD_REMINDED

POST, THREAD = "threads.post", "threads.thread"
# What an author is told of their thread; closing and pinning it says the page itself.
_TOLD = ("move", "unlist", "archive")
# A title that ends a sentence by itself, in any of our languages.
_ENDS = (".", "!", "?", "…", "؟", "。", "\uff01", "\uff1f")


def judged(notice: Notice, _subject: Any) -> NoticeWords:
    """A post was taken off or put back."""
    facts = notice.payload
    if facts["after"] == State.VISIBLE:
        return NoticeWords(
            title=_("Your post is shown again"),
            text=_("The team put it back."),
            url=f"/p/{notice.subject_pk}/",
            icon="refresh",
            button=_("See your post"),
        )
    return NoticeWords(
        title=_("The team took a post of yours off"),
        text=_("Why: %(reason)s") % {"reason": facts["reason"]},
        url=f"/appeals/post/{notice.subject_pk}/",
        icon="shield",
        button=_("Read and answer"),
    )


def ordered(notice: Notice, thread: ThreadTold) -> NoticeWords:
    """The team put a thread, or posts of it, elsewhere."""
    titles = {
        "merge": _("What you wrote stands in another thread now"),
        "split": _("What you wrote stands in another thread now"),
        "back": _("What you wrote is back where it was"),
        "move": _("The team moved your thread to %(space)s") % {"space": thread.space.name},
        "unlist": _("The team took your thread out of the lists"),
        "unlist_back": _("Your thread stands in the lists again"),
        "archive": _("The team archived your thread"),
        "archive_back": _("Your thread is in use again"),
    }
    reason = notice.payload.get("reason")
    text = thread.title
    if reason:
        stop = "" if text.endswith(_ENDS) else "."
        text = f"{text}{stop} {_('Why: %(reason)s') % {'reason': reason}}"
    return NoticeWords(
        title=titles[notice.payload["what"]],
        text=text,
        url=thread.get_absolute_url(),
        icon="move",
        button=_("See the thread"),
    )


def reminded(_notice: Notice, thread: ThreadTold) -> NoticeWords:
    """The moment a member chose has come."""
    return NoticeWords(
        title=_("You wanted to be reminded of a thread"),
        text=thread.title,
        url=thread.get_absolute_url(),
        icon="clock",
        button=_("Read on"),
    )


JUDGED = register(
    Kind(
        key="thread.judged",
        label=gettext_lazy("The team takes a post of yours off, or puts it back"),
        why=gettext_lazy("You get this because it concerns your account. It cannot be switched off."),
        group=Group.ACCOUNT,
        purpose=Purpose.ESSENTIAL,
        mail=Mail.SOON,
        mail_delay=AT_ONCE,
        words=judged,
        priority=70,
    )
)
ORDERED = register(
    Kind(
        key="thread.ordered",
        label=gettext_lazy("The team moves, merges or archives what you wrote"),
        why=gettext_lazy("You get this because you wrote there."),
        purpose=Purpose.COMMUNITY,
        words=ordered,
        load=load_threads,
        priority=15,
        mute=mute,
    )
)
REMINDED = register(
    Kind(
        key="thread.reminded",
        label=gettext_lazy("Reminders you set for threads"),
        why=gettext_lazy("You get this because you asked to be reminded."),
        purpose=Purpose.SERVICE,
        mail=Mail.SOON,
        mail_delay=AT_ONCE,
        push=True,
        words=reminded,
        load=load_threads,
        priority=30,
        mute=mute,
    )
)


@consumer(POST_JUDGED, hears_replays=False)
def tell_author_of_judgement(activity: Activity) -> None:
    """Tell the author what the team decided about a post, and why."""
    payload = activity.payload
    if payload["author_id"] is not None:
        notify(
            actor=activity.actor,
            member_ids=[payload["author_id"]],
            kind=JUDGED,
            activity=activity,
            payload={"after": payload["after"], "reason": payload["reason"]},
            subject=(POST, activity.target_pk),
        )


@consumer(THREAD_REGROUPED, hears_replays=False)
def follow_regrouped(activity: Activity) -> None:
    """Let notices stand where their posts are now, and tell the authors."""
    payload = activity.payload
    moved = Notice.objects.filter(subject_type=POST, subject_pk__in=payload["post_ids"])
    moved.update(thread_id=payload["thread_id"])
    reconsider(thread_ids=[payload["thread_id"], payload["source_id"]])
    what = "back" if payload["undone"] else payload["kind"]
    _tell(activity, payload["thread_id"], payload["author_ids"], what)


@consumer(THREAD_CHANGED, hears_replays=False)
def tell_author_of_change(activity: Activity) -> None:
    """Tell the author that their thread stands elsewhere, or is kept as it is."""
    payload = activity.payload
    if payload["change"] not in _TOLD:
        return
    back = payload["change"] != "move" and payload["after"] == "no"
    author = Thread.objects.filter(pk=payload["thread_id"]).values_list("author_id", flat=True).first()
    if author is not None:
        _tell(activity, payload["thread_id"], [author], payload["change"] + ("_back" if back else ""))


@consumer(THREAD_REMINDED, hears_replays=False)
def tell_reminded(activity: Activity) -> None:
    """Remind a member of a thread, if they may still read it."""
    payload = activity.payload
    notify(
        actor=None,
        member_ids=who_may_hear(payload["thread_id"], [payload["member_id"]]),
        kind=REMINDED,
        activity=activity,
        subject=(THREAD, payload["thread_id"]),
        thread_id=payload["thread_id"],
    )


def _tell(activity: Activity, thread_id: int, member_ids: list[int], what: str) -> None:
    notify(
        actor=activity.actor,
        member_ids=who_may_hear(thread_id, member_ids),
        kind=ORDERED,
        activity=activity,
        payload={"what": what, "reason": activity.payload.get("reason", "")},
        subject=(THREAD, thread_id),
        thread_id=thread_id,
    )
