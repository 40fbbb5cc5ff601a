"""Whether the owner of an endpoint may read what an event is about, at the moment it is sent.

The team sees what is hidden in order to judge it; programs outside never do. So words leave only while they are shown.
"""

from typing import Any

from community.activity.models import Activity
from community.integrations.webhooks.catalogue import Sight
from community.members.models import Group as MemberGroup
from community.members.models import Member
from community.spaces.models import Space
from community.threads.models import Post, State, Thread
from community.threads.plain import plain
from community.threads.steering import READABLE

EXCERPT = 200


def at_thread(owner: Member, activity: Activity) -> Sight | None:
    """The thread is there, shown, and in a space the owner may read."""
    pk = activity.payload.get("thread_id", activity.target_pk)
    thread = Thread.objects.visible_to(owner).filter(pk=pk, state__in=READABLE).first()
    return None if thread is None else _sight(thread, None)


def at_post(owner: Member, activity: Activity) -> Sight | None:
    """The post and its thread are there and shown, in a space the owner may read."""
    pk = activity.payload.get("post_id", activity.target_pk)
    shown = Post.objects.visible_to(owner).filter(state=State.VISIBLE, thread__state__in=READABLE)
    post = shown.select_related("thread").filter(pk=pk).first()
    return None if post is None else _sight(post.thread, post)


def at_place(owner: Member, activity: Activity) -> Sight | None:
    """The owner may read the space; for what is gone itself."""
    seen = Space.objects.visible_to(owner).filter(pk=activity.space_id or 0).exists()
    return Sight() if seen else None


def at_space(owner: Member, activity: Activity) -> Sight | None:
    """The owner may read the space it is about."""
    space = Space.objects.visible_to(owner).filter(pk=activity.target_pk).first()
    return None if space is None else Sight(url=space.get_absolute_url(), words={"name": space.name})


def at_member(owner: Member, activity: Activity) -> Sight | None:
    """The member it is about is there and has a profile to open."""
    pk = activity.payload.get("member_id")
    if pk is None:
        pk = activity.target_pk if activity.target_type == "members.member" else activity.actor_id
    member = Member.objects.get_queryset().visible_to(owner).present().filter(pk=pk).first()
    if member is None:
        return None
    words = {"name": member.name, "handle": member.handle} if "handle" in activity.payload else {}
    return Sight(url=member.get_absolute_url(), words=words)


def at_group(owner: Member, activity: Activity) -> Sight | None:
    """The owner may know of the group and of who is in it."""
    seen = MemberGroup.objects.showing_people_to(owner).filter(pk=activity.target_pk).exists()
    return at_member(owner, activity) if seen else None


def gone(owner: Member, activity: Activity) -> Sight | None:
    """It names only what is no more, or the way to its new name: nothing is left to be hidden."""
    return Sight()


def for_managers(owner: Member, activity: Activity) -> Sight | None:
    """It names no words and nobody; managers may know of it."""
    return Sight() if owner.is_at_least("manager") else None


def _sight(thread: Thread, post: Post | None) -> Sight:
    words: dict[str, Any] = {
        "title": thread.title,
        "thread_title": thread.title,
        "tags": list(thread.tags),
        "excerpt": thread.excerpt if post is None or post.position == 1 else _beginning(post),
    }
    return Sight(url=(post or thread).get_absolute_url(), words=words)


def _beginning(post: Post) -> str:
    return plain(post.body_html)[:EXCERPT]
