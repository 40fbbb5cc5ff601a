"""Taking the words out of the places of someone who is being erased: what others answered keeps its order."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.scrubbing import scrub
from community.members.models import Member
from community.threads.actions.purges import forget_traces
from community.threads.counters.truth import COUNTERS, recount_rows
from community.threads.models import Poll, Post, PostRevision, State, Thread

AT_A_TIME = 200
_OF_THREADS = next(counter for counter in COUNTERS if counter.table == "threads_thread")


@transaction.atomic
def empty_posts(*, actor: Member | None, author_id: int) -> int:
    """Leave posts of an author without words, edits or poll, as deleted ones. Returns how many; 0 when none is left."""
    filled = Post.objects.filter(author_id=author_id).exclude(body_md="", body_html="", state=State.DELETED)
    rows = list(filled.select_for_update().order_by("pk")[:AT_A_TIME])
    pks = [row.pk for row in rows]
    PostRevision.objects.filter(post__in=pks).delete()
    Poll.objects.filter(post__in=pks).delete()
    Post.objects.filter(pk__in=pks).update(
        body_md="",
        body_html="",
        state=State.DELETED,
        state_reason="",
        imported={},
        has_poll=False,
        deleted_at=timezone.now(),
    )
    recount_rows(_OF_THREADS, sorted({row.thread_id for row in rows}))
    return len(pks)


@transaction.atomic
def empty_threads(*, actor: Member | None, author_id: int) -> int:
    """Take the title, excerpt and topics of threads an author began; those nobody else wrote in are no longer shown."""
    title = _("A deleted thread")
    named = Thread.objects.filter(author_id=author_id).exclude(title=title, excerpt="", tags=[])
    pks = list(named.order_by("pk").values_list("pk", flat=True)[:AT_A_TIME])
    Thread.objects.filter(pk__in=pks).update(title=title, excerpt="", tags=[])
    others = Post.objects.filter(thread__in=pks, state=State.VISIBLE).filter(
        ~Q(author_id=author_id) | Q(author=None)
    )
    lonely = set(pks) - set(others.values_list("thread", flat=True))
    Thread.objects.filter(pk__in=lonely).update(state=State.DELETED)
    return len(pks)


@transaction.atomic
def empty_deleted(*, actor: Member | None, pks: Collection[int]) -> int:
    """Take the words, edits, pictures and poll out of posts that were deleted long ago. Returns how many."""
    rows = list(Post.objects.filter(pk__in=pks, state=State.DELETED).exclude(body_md=""))
    found = [row.pk for row in rows]
    forget_traces(actor, found)
    PostRevision.objects.filter(post__in=found).delete()
    Poll.objects.filter(post__in=found).delete()
    Post.objects.filter(pk__in=found).update(body_md="", body_html="", imported={}, has_poll=False)
    firsts = [row.thread_id for row in rows if row.position == 1]
    gone = list(Thread.objects.filter(pk__in=firsts, state=State.DELETED).values_list("pk", flat=True))
    Thread.objects.filter(pk__in=gone).update(title=_("A deleted thread"), excerpt="", tags=[])
    scrub("threads.thread", gone)
    return len(found)
