"""The one order in which this feature locks rows: thread, then posts, then tags, spaces and members, each by id.

`FOR NO KEY UPDATE` keeps two changes of a thread apart without stopping rows that only point to it.
"""

from community.errors import NotFound
from community.members.models import Member
from community.spaces.models import Space
from community.threads.models import Post, Thread


def lock_thread(actor: Member | None, pk: int) -> Thread:
    """Lock and return the thread as it is now, whatever its state, with its space.

    Raises `NotFound` when it is gone, or when `actor` may not read its space. Without an actor a rule of the
    community acts, which may read everything.
    """
    threads = (
        Thread.objects.select_for_update(of=("self",), no_key=True).select_related("space").filter(pk=pk)
    )
    if actor is not None:
        threads = threads.filter(space__in=Space.objects.visible_to(actor))
    thread = threads.first()
    if thread is None:
        raise NotFound()
    return thread


def lock_post(thread: Thread, pk: int) -> Post:
    """Lock and return a post of a thread that is locked already. Raises `NotFound` when it is not in there."""
    post = Post.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk, thread=thread).first()
    if post is None:
        raise NotFound()
    post.thread = thread
    return post


def lock_member(member: Member) -> None:
    """Make a member's own next writes wait for this one."""
    Member.objects.get_queryset().select_for_update(no_key=True).only("pk").get(pk=member.pk)
