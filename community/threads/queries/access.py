"""The only ways a thread or post enters a request: absent and hidden look alike."""

from community.errors import NotFound
from community.members.models import Member
from community.spaces.models import Space
from community.threads.models import Post, Thread


def get_thread_for(viewer: Member | None, pk: int) -> Thread:
    """Return the thread with its space if `viewer` may read it. Raises `NotFound` otherwise."""
    thread = Thread.objects.visible_to(viewer).select_related("space").filter(pk=pk).first()
    if thread is None:
        raise NotFound()
    return thread


def get_post_for(viewer: Member | None, pk: int) -> Post:
    """Return the post with its thread, space and author if `viewer` may read it. Raises `NotFound` otherwise."""
    found = Post.objects.visible_to(viewer).select_related("thread__space", "author")
    post = found.filter(pk=pk).first()
    if post is None:
        raise NotFound()
    return post


def get_own_post(actor: Member, pk: int) -> Post:
    """Return a post that `actor` may read, or wrote and deleted in a space they may read."""
    found = Post.objects.select_related("thread__space", "author").filter(pk=pk, author=actor)
    mine = found.filter(thread__space__in=Space.objects.visible_to(actor)).first()
    return mine if mine is not None else get_post_for(actor, pk)
