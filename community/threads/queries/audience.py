"""Who hears of what happens in a thread: found for any number of members by a few statements."""

from collections.abc import Iterable

from community.spaces.models import Level, SpaceFollow, TagFollow
from community.spaces.queries import ids_who_see
from community.threads.models import Thread, ThreadFollow


def watchers(thread: Thread) -> set[int]:
    """Return who wants to hear about replies in a thread: who watches it, and who watches its space or one of its tags
    and has chosen nothing about the thread itself."""
    rows = ThreadFollow.objects.filter(thread=thread).values_list("member_id", "level")
    own = dict(rows)
    near = _near(thread, [Level.WATCHING])
    return {pk for pk, level in own.items() if level == Level.WATCHING} | (near - set(own))


def told_of_beginnings(thread: Thread) -> set[int]:
    """Return who wants to hear that a thread has begun: in its space, or with one of its tags."""
    return _near(thread, [Level.WATCHING, Level.FIRST_POSTS])


def _near(thread: Thread, levels: list[Level]) -> set[int]:
    spaces = SpaceFollow.objects.filter(space=thread.space_id, level__in=levels).values_list(
        "member_id", flat=True
    )
    tags = TagFollow.objects.filter(tag__slug__in=thread.tags, level__in=levels).values_list(
        "member_id", flat=True
    )
    return set(spaces) | set(tags)


def who_may_hear(thread_id: int, member_ids: Iterable[int]) -> set[int]:
    """Return which of the members may read a thread and have not muted it."""
    ids = set(member_ids)
    thread = Thread.objects.select_related("space").filter(pk=thread_id).first()
    if not ids or thread is None:
        return set()
    muted = ThreadFollow.objects.filter(thread=thread_id, member__in=ids, level=Level.MUTED)
    return set(ids_who_see(thread.space, sorted(ids))) - set(muted.values_list("member_id", flat=True))
