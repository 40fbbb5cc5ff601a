"""What is told when a poll closes: to who asked, and to voters who watch the thread."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.activity.models import Activity
from community.activity.registry import consumer
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Kind, NoticeWords, Purpose, register
from community.threads.models import PollVote, Post, Thread
from community.threads.notices.kinds import mute
from community.threads.notices.subjects import PostTold, load_posts
from community.threads.queries.audience import watchers, who_may_hear
from community.threads.verbs import POLL_CLOSED

POST = "threads.post"


def poll_over(notice: Notice, post: PostTold) -> NoticeWords:
    """A poll takes no more votes: how many there are stands on its page."""
    voters = int(notice.payload["voters"])
    title = _("A poll you voted in is closed")
    if notice.payload["own"]:
        title = ngettext(
            "Your poll is closed: %(n)d person voted", "Your poll is closed: %(n)d people voted", voters
        ) % {"n": voters}
    return NoticeWords(
        title=title,
        text=post.thread.title,
        url=post.get_absolute_url(),
        icon="poll",
        button=_("See the results"),
    )


POLL_OVER = register(
    Kind(
        key="poll.closed",
        label=gettext_lazy("A poll of yours, or one you voted in, is closed"),
        why=gettext_lazy("You get this because you asked, or because you voted and watch the thread."),
        purpose=Purpose.COMMUNITY,
        words=poll_over,
        load=load_posts,
        priority=12,
        mute=mute,
    )
)


@consumer(POLL_CLOSED, hears_replays=False)
def tell_poll_is_over(activity: Activity) -> None:
    """Tell who asked, and the voters who want to hear about the thread."""
    post = Post.objects.select_related("thread").filter(pk=activity.payload["post_id"]).first()
    if post is None:
        return
    voted = PollVote.objects.filter(poll=activity.payload["poll_id"]).values_list("member_id", flat=True)
    asked = {post.author_id} if post.author_id is not None else set()
    _tell(activity, post, asked, own=True)
    _tell(activity, post, (set(voted) & watchers(post.thread)) - asked, own=False)


def _tell(activity: Activity, post: Post, members: set[int], *, own: bool) -> None:
    thread: Thread = post.thread
    notify(
        actor=activity.actor,
        member_ids=who_may_hear(thread.pk, members),
        kind=POLL_OVER,
        activity=activity,
        payload={"own": own, "voters": activity.payload["voters"]},
        subject=(POST, post.pk),
        thread_id=thread.pk,
    )
