"""Who hears of what happens in a thread: found for any number of members by a few statements."""

from collections.abc import Iterable

from community.spaces.models import SpaceFollow
from community.spaces.queries import ids_who_see
from community.threads.models import FollowLevel, Thread, ThreadFollow


def followers(thread_id: int) -> set[int]:
    """Return who wants to hear about replies in a thread."""
    rows = ThreadFollow.objects.filter(thread=thread_id, level=FollowLevel.FOLLOWING)
    return set(rows.values_list("member_id", flat=True))


def space_followers(space_id: int) -> set[int]:
    """Return who wants to hear about new threads in a space."""
    return set(SpaceFollow.objects.filter(space=space_id).values_list("member_id", flat=True))


def who_may_hear(thread_id: int, member_ids: Iterable[int]) -> set[int]:
    """Return which of the members may read a thread and have not muted it."""
    ids = set(member_ids)
    thread = Thread.objects.select_related("space").filter(pk=thread_id).first()
    if not ids or thread is None:
        return set()
    muted = ThreadFollow.objects.filter(thread=thread_id, member__in=ids, level=FollowLevel.MUTED)
    return set(ids_who_see(thread.space, sorted(ids))) - set(muted.values_list("member_id", flat=True))
