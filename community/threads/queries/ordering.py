"""What keeping order needs to see: the posts to choose among, the timers, and what was regrouped lately."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator

from community.errors import NotFound
from community.members.models import Member
from community.sql import fetch
from community.threads import limits
from community.threads.models import Post, Regrouping, RegroupKind, Thread, ThreadTimer, TimerKind
from community.threads.plain import plain

PAGE = 50


class Choosable(NamedTuple):
    """A post that may be split off."""

    pk: int
    position: int
    html: str
    state: str
    created_at: dt.datetime
    name: str

    @property
    def excerpt(self) -> str:
        """Its first words."""
        return Truncator(plain(self.html)).chars(160)


def posts_to_split(thread: Thread, after: int = 1) -> list[Choosable]:
    """Return the posts after a position, a page and one more: whoever keeps order sees all of them."""
    sql = f"""SELECT p.id, p.position, left(p.body_html, 700), p.state, p.created_at, COALESCE(u.name, '')
      FROM threads_post p LEFT JOIN members_member u ON u.id = p.author_id
      WHERE p.thread_id = %s AND p.position > %s ORDER BY p.position LIMIT {PAGE + 1}"""
    return fetch(sql, (thread.pk, max(after, 1)), Choosable._make)


def first_post_of(thread: Thread) -> int | None:
    """Return the key of the first post of a thread."""
    return Post.objects.filter(thread=thread, position=1).values_list("pk", flat=True).first()


def timers_of(thread: Thread, member: Member) -> list[ThreadTimer]:
    """Return what will happen to a thread, and when `member` wants to be reminded of it."""
    seen = ~Q(kind=TimerKind.REMIND) | Q(set_by=member)
    return list(ThreadTimer.objects.filter(seen, thread=thread).select_related("space").order_by("due_at"))


def regroupings_of(thread: Thread) -> list[Regrouping]:
    """Return what was split off or merged lately and can still be taken back, the latest first."""
    since = timezone.now() - limits.REGROUP_UNDO.span()
    concerned = Q(target=thread) | Q(source=thread, kind=RegroupKind.SPLIT)
    found = Regrouping.objects.filter(concerned, undone_at=None, created_at__gt=since)
    return list(found.select_related("source", "target", "actor").order_by("-pk")[:20])


def get_regrouping_of(thread: Thread, pk: int) -> Regrouping:
    """Return one of them. Raises `NotFound` when it does not concern the thread."""
    found = Regrouping.objects.filter(Q(target=thread) | Q(source=thread), pk=pk).first()
    if found is None:
        raise NotFound()
    return found
