"""Telling the people of a group that a post calls them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.activity.models import Activity
from community.members.groups.limits import CALL_MOST
from community.members.groups.queries import ids_in
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Kind, Mail, NoticeWords, Purpose, register
from community.threads.group_calls import GroupCall
from community.threads.models import Post
from community.threads.notices import words
from community.threads.notices.kinds import POSTS, mute, reply
from community.threads.notices.subjects import PostTold
from community.threads.queries.audience import who_may_hear

# What a link to a group looks like in a rendered post: only then is anything asked.
_SIGN = 'class="mention" href="/g/'


def _called(notice: Notice, post: PostTold) -> NoticeWords:
    title = _("%(names)s called your group %(group)s") % {
        "names": notice.names,
        "group": notice.payload.get("group", ""),
    }
    return words.about_post(post, title, "people", _("Read the post"))


CALLED = register(
    Kind(
        key="thread.group",
        label=gettext_lazy("Someone calls a group you are in"),
        why=gettext_lazy("You get this because someone called a group you are in."),
        purpose=Purpose.COMMUNITY,
        mail=Mail.SOON,
        words=_called,
        load=POSTS,
        priority=45,
        names_you=True,
        mute=mute,
        reply=reply,
    )
)


def tell_called(activity: Activity, post: Post) -> None:
    """Tell the groups a post calls: each person once for a post, however many of their groups it names."""
    if _SIGN not in post.body_html:
        return
    subject = ("threads.post", post.pk)
    heard = Notice.objects.filter(subject_type=subject[0], subject_pk=subject[1], kind=CALLED.key)
    told = set(heard.values_list("member_id", flat=True))
    for call in GroupCall.objects.filter(post=post).select_related("group").order_by("group_id"):
        ids = set(ids_in(call.group)[: CALL_MOST()])
        hear = who_may_hear(post.thread_id, ids) - told
        told |= hear
        notify(
            actor=post.author,
            member_ids=hear,
            kind=CALLED,
            activity=activity,
            payload={"group": call.group.name},
            subject=subject,
            thread_id=post.thread_id,
        )
