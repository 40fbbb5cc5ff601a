"""The kinds of notices that threads bring, and who may still see them."""

from django.utils.translation import gettext_lazy

from community.errors import Held
from community.members.models import Member
from community.notifications.models import Notice
from community.notifications.registry import AT_ONCE, Group, Kind, Mail, Purpose, register
from community.threads.actions import mute_thread, reply_to_thread, unfollow_thread
from community.threads.models import Thread
from community.threads.notices import words
from community.threads.notices.subjects import load_posts, load_threads
from community.threads.queries import get_post_for, get_thread_for

POSTS = load_posts
THREADS = load_threads


def mute(member: Member, thread_id: int, muted: bool) -> None:
    """Mute a thread from a notice or an e-mail, or take that back. One that is gone needs no muting."""
    thread = Thread.objects.filter(pk=thread_id).first()
    if thread is None:
        return
    if muted:
        mute_thread(actor=member, thread=thread)
    else:
        unfollow_thread(actor=member, thread=thread)


def reply(member: Member, notice: Notice, text: str) -> int:
    """Post what a member answered by e-mail: to the post they were told about, or to the thread when it gathers several."""
    thread = get_thread_for(member, notice.thread_id or 0)
    post = get_post_for(member, notice.subject_pk) if notice.event_count == 1 else None
    answered = post if post is not None and post.position > 1 else None
    try:
        return reply_to_thread(actor=member, thread=thread, body=text, reply_to=answered).pk
    except Held:
        # It is kept, and its writer is told what the team decides.
        return 0


ACCEPTED = register(
    Kind(
        key="thread.accepted",
        label=gettext_lazy("Your answer is accepted"),
        why=gettext_lazy("You get this because you wrote the answer."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        mail=Mail.SOON,
        push=True,
        words=words.accepted,
        load=POSTS,
        priority=60,
        mute=mute,
        reply=reply,
    )
)
MENTIONED = register(
    Kind(
        key="thread.mention",
        label=gettext_lazy("Someone mentions you"),
        why=gettext_lazy("You get this because someone mentioned you."),
        purpose=Purpose.COMMUNITY,
        mail=Mail.SOON,
        push=True,
        words=words.mentioned,
        load=POSTS,
        priority=50,
        names_you=True,
        mute=mute,
        reply=reply,
    )
)
ANSWERED = register(
    Kind(
        key="thread.answered",
        label=gettext_lazy("Someone answers your question"),
        why=gettext_lazy("You get this because you asked the question."),
        purpose=Purpose.SERVICE,
        mail=Mail.SOON,
        mail_delay=AT_ONCE,
        push=True,
        words=words.answered,
        load=POSTS,
        priority=55,
        mute=mute,
        reply=reply,
    )
)
REPLIED = register(
    Kind(
        key="thread.reply_to_you",
        label=gettext_lazy("Someone replies to you"),
        why=gettext_lazy("You get this because someone replied to you."),
        purpose=Purpose.COMMUNITY,
        mail=Mail.SOON,
        push=True,
        words=words.replied,
        load=POSTS,
        priority=40,
        mute=mute,
        reply=reply,
    )
)
THREAD_REPLIED = register(
    Kind(
        key="thread.reply",
        label=gettext_lazy("Replies in threads you watch"),
        why=gettext_lazy("You get this because you watch the thread, its space or its topic."),
        purpose=Purpose.COMMUNITY,
        mail=Mail.DIGEST,
        words=words.thread_replied,
        load=POSTS,
        priority=20,
        merges=True,
        mute=mute,
        reply=reply,
    )
)
REACTED = register(
    Kind(
        key="thread.reaction",
        label=gettext_lazy("Your post helps someone"),
        why=gettext_lazy("You get this because you wrote the post."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        mail=Mail.DIGEST,
        words=words.reacted,
        load=POSTS,
        priority=10,
        merges=True,
        mute=mute,
    )
)
BEGUN = register(
    Kind(
        key="space.thread",
        label=gettext_lazy("New threads in spaces and topics you follow"),
        why=gettext_lazy("You get this because you follow the space or the topic."),
        group=Group.COMMUNITY,
        purpose=Purpose.COMMUNITY,
        mail=Mail.DIGEST,
        words=words.begun,
        load=THREADS,
        priority=5,
        merges=True,
    )
)
DID_IT_WORK = register(
    Kind(
        key="thread.did_it_work",
        label=gettext_lazy("Whether an answer solved your question"),
        why=gettext_lazy("You get this because you asked the question."),
        purpose=Purpose.SERVICE,
        mail=Mail.SOON,
        push=True,
        words=words.did_it_work,
        load=POSTS,
        priority=45,
        mute=mute,
        reply=reply,
    )
)
INFO_WANTED = register(
    Kind(
        key="thread.info_wanted",
        label=gettext_lazy("Your question needs information"),
        why=gettext_lazy("You get this because you asked the question."),
        purpose=Purpose.SERVICE,
        mail=Mail.SOON,
        push=True,
        words=words.info_wanted,
        load=THREADS,
        priority=54,
        mute=mute,
    )
)
CLOSED_WAITING = register(
    Kind(
        key="thread.closed_waiting",
        label=gettext_lazy("Your question was closed because information was missing"),
        why=gettext_lazy("You get this because you asked the question."),
        purpose=Purpose.SERVICE,
        mail=Mail.SOON,
        words=words.closed_waiting,
        load=THREADS,
        priority=53,
        mute=mute,
    )
)
