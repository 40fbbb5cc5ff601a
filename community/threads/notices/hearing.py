"""Who hears of what happens in threads. What was said about a post once is not said again when it comes back."""

from collections.abc import Iterable

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.groups.verbs import GROUP_DELETED, GROUP_JOINED, GROUP_LEFT
from community.members.models import Member
from community.members.verbs import ROLE_CHANGED, TRUST_CHANGED
from community.notifications.actions import notify, reconsider, reconsider_member
from community.notifications.live import publish_topic
from community.notifications.models import Notice
from community.notifications.registry import Kind
from community.spaces.models import Kind as ThreadKind
from community.spaces.models import Space
from community.spaces.verbs import CHANGES_SIGHT, SPACE_CHANGED, SPACE_MEMBER_ADDED, SPACE_MEMBER_REMOVED
from community.threads.models import Mention, Post, State, Thread
from community.threads.notices.called import tell_called
from community.threads.notices.kinds import (
    ACCEPTED,
    ANSWERED,
    BEGUN,
    MENTIONED,
    REACTED,
    REPLIED,
    THREAD_REPLIED,
)
from community.threads.queries.audience import told_of_beginnings, watchers, who_may_hear
from community.threads.verbs import (
    ANSWER_ACCEPTED,
    POST_CREATED,
    POST_EDITED,
    POST_STATE_CHANGED,
    REACTION_ADDED,
    THREAD_CHANGED,
    THREAD_CREATED,
)

POST = "threads.post"
THREAD = "threads.thread"


@consumer(POST_CREATED, hears_replays=False)
def tell_about_reply(activity: Activity) -> None:
    """Tell those a reply concerns: each once, with what concerns them most."""
    post = _shown_post(activity.target_pk)
    if post is not None:
        _tell_reply(activity, post)


@consumer(THREAD_CREATED, hears_replays=False)
def tell_about_thread(activity: Activity) -> None:
    """Tell those whom a new thread names, and followers of its space."""
    post = _shown_post(activity.payload["post_id"])
    if post is not None:
        _tell_thread(activity, post)


@consumer(POST_STATE_CHANGED, hears_replays=False)
def tell_when_shown(activity: Activity) -> None:
    """Take back what can no longer be seen; tell of what was held for approval when it is shown."""
    payload = activity.payload
    reconsider(subject=(POST, activity.target_pk))
    if payload["position"] == 1:
        reconsider(thread_ids=[payload["thread_id"]])
    post = _shown_post(activity.target_pk) if payload["after"] == State.VISIBLE else None
    written = _written(post) if post is not None and payload["before"] == State.HIDDEN else None
    if post is not None and written is not None:
        (_tell_reply if post.position > 1 else _tell_thread)(written, post)


@consumer(POST_EDITED, hears_replays=False)
def tell_newly_mentioned(activity: Activity) -> None:
    """Tell those whom an edit named first."""
    post = _shown_post(activity.target_pk)
    if post is not None:
        _tell_of_post(activity, post, MENTIONED, activity.payload["mentioned_ids"])
        tell_called(activity, post)


@consumer(REACTION_ADDED, hears_replays=False)
def tell_about_reaction(activity: Activity) -> None:
    """Tell the author what a reader said with one press; pressing again says nothing new."""
    payload = activity.payload
    author_id, post_id, said = payload["post_author_id"], payload["post_id"], payload["kind"]
    again = Notice.objects.filter(
        member=author_id,
        kind=REACTED.key,
        subject_type=POST,
        subject_pk=post_id,
        payload__kind=said,
        actor_ids__contains=[activity.actor_id],
    )
    if author_id is None or again.exists():
        return
    notify(
        actor=activity.actor,
        member_ids=who_may_hear(payload["thread_id"], [author_id]),
        kind=REACTED,
        activity=activity,
        payload={"kind": said},
        subject=(POST, post_id),
        thread_id=payload["thread_id"],
        merge_key=f"reaction:{post_id}:{said}",
    )


@consumer(ANSWER_ACCEPTED, hears_replays=False)
def tell_answerer(activity: Activity) -> None:
    """Tell the writer of an answer that it was chosen, and by whom."""
    payload = activity.payload
    author_id, post_id = payload["post_author_id"], payload["post_id"]
    if author_id is None or _heard_of(post_id, ACCEPTED, [author_id]):
        return
    notify(
        actor=activity.actor,
        member_ids=who_may_hear(payload["thread_id"], [author_id]),
        kind=ACCEPTED,
        activity=activity,
        payload={"by_team": activity.actor_id != payload["asker_id"]},
        subject=(POST, post_id),
        thread_id=payload["thread_id"],
    )


@consumer(THREAD_CHANGED, hears_replays=False)
def reconsider_moved(activity: Activity) -> None:
    """Take back notices about a thread that was moved out of someone's sight, or show them again."""
    if activity.payload["change"] == "move":
        reconsider(thread_ids=[activity.payload["thread_id"]])


@consumer(SPACE_CHANGED, hears_replays=False)
def reconsider_space(activity: Activity) -> None:
    """Take back notices from a space that was closed to some, or show them again."""
    if not CHANGES_SIGHT.isdisjoint(activity.payload["fields"]):
        reconsider(thread_ids=Thread.objects.filter(space=activity.target_pk).values("pk"))


@consumer(SPACE_MEMBER_ADDED, SPACE_MEMBER_REMOVED, GROUP_JOINED, GROUP_LEFT, hears_replays=False)
def reconsider_for_member(activity: Activity) -> None:
    """Take back what a member can no longer see after leaving a space or a group, or show it again."""
    _reconsider(activity.payload["member_id"])


@consumer(TRUST_CHANGED, ROLE_CHANGED, hears_replays=False)
def reconsider_standing(activity: Activity) -> None:
    """Take back what a member can no longer see at another level or in another role, or show it again."""
    _reconsider(activity.target_pk)


def _reconsider(member_id: int | None) -> None:
    member = Member.objects.get_queryset().filter(pk=member_id or 0).first()
    if member is not None:
        reconsider_member(member=member)


@consumer(GROUP_DELETED, hears_replays=False)
def reconsider_without_group(activity: Activity) -> None:
    """Take back what only people of a group saw that is gone."""
    opened = Space.objects.filter(see_for__contains=[f"group:{activity.target_pk}"])
    reconsider(thread_ids=Thread.objects.filter(space__in=opened).values("pk"))


@consumer(POST_CREATED, hears_replays=False)
def tell_open_pages(activity: Activity) -> None:
    """Say to open pages that there is a reply; they fetch what their readers may see."""
    thread_id = activity.payload["thread_id"]
    publish_topic(f"thread-{thread_id}", {"post": activity.target_pk})


def _written(post: Post) -> Activity | None:
    """Return the Activity by which a post was written: telling of it again is telling of the same."""
    verb, target, pk = (
        (POST_CREATED, POST, post.pk) if post.position > 1 else (THREAD_CREATED, THREAD, post.thread_id)
    )
    return Activity.objects.filter(verb=verb.name, target_type=target, target_pk=pk).first()


def _shown_post(pk: int) -> Post | None:
    rows = Post.objects.filter(pk=pk, state=State.VISIBLE, thread__state=State.VISIBLE)
    return rows.select_related("thread", "author", "reply_to").first()


def _tell_reply(activity: Activity, post: Post) -> None:
    thread = post.thread
    if thread.author_id is not None and thread.kind == ThreadKind.QUESTION and _is_first_answer(post):
        _tell_of_post(activity, post, ANSWERED, [thread.author_id])
    _tell_of_post(activity, post, MENTIONED, _mentioned(post))
    tell_called(activity, post)
    answered = post.reply_to.author_id if post.reply_to else None
    _tell_of_post(activity, post, REPLIED, [pk for pk in (answered, thread.author_id) if pk])
    _tell_of_post(activity, post, THREAD_REPLIED, watchers(thread), merge_key=f"thread:{thread.pk}")


def _tell_thread(activity: Activity, post: Post) -> None:
    thread = post.thread
    _tell_of_post(activity, post, MENTIONED, _mentioned(post))
    tell_called(activity, post)
    notify(
        actor=post.author,
        member_ids=who_may_hear(thread.pk, told_of_beginnings(thread)),
        kind=BEGUN,
        activity=activity,
        subject=(THREAD, thread.pk),
        thread_id=thread.pk,
        merge_key=f"space:{thread.space_id}",
    )


def _tell_of_post(
    activity: Activity, post: Post, kind: Kind, member_ids: Iterable[int], merge_key: str = ""
) -> None:
    hear = who_may_hear(post.thread_id, member_ids)
    notify(
        actor=post.author,
        member_ids=hear - _heard_of(post.pk, kind, hear),
        kind=kind,
        activity=activity,
        subject=(POST, post.pk),
        thread_id=post.thread_id,
        merge_key=merge_key,
    )


def _heard_of(post_pk: int, kind: Kind, member_ids: Iterable[int]) -> set[int]:
    """Return which members were told this about a post before: by an edit, or before it was hidden."""
    rows = Notice.objects.filter(
        subject_type=POST, subject_pk=post_pk, kind=kind.key, member__in=list(member_ids)
    )
    return set(rows.values_list("member_id", flat=True))


def _mentioned(post: Post) -> list[int]:
    return list(Mention.objects.filter(post=post).values_list("member_id", flat=True))


def _is_first_answer(post: Post) -> bool:
    """Return whether nobody but the asker has replied before this post."""
    if post.author_id == post.thread.author_id:
        return False
    before = Post.objects.filter(thread=post.thread_id, position__gt=1, position__lt=post.position)
    return not before.exclude(author=post.thread.author_id).filter(state=State.VISIBLE).exists()
