"""Moving threads from words that became synonyms to the tags these stand for, in small batches by any number of workers.

There is nothing to remember: what still carries such a word is what is left to do.
"""

from django.db import transaction

from community.spaces.models import Tag, TagSynonym
from community.sql import fetch
from community.threads.actions.changes import record_change
from community.threads.counters import recount_rows
from community.threads.counters.truth import TAGS
from community.threads.models import Thread
from community.threads.queries.access import build_thread, thread_with_space

BATCH = 100

_LEFT = """ WHERE t.tags && ARRAY(SELECT slug FROM spaces_tagsynonym)::varchar(40)[]
  ORDER BY t.id LIMIT %s FOR NO KEY UPDATE OF t SKIP LOCKED"""


def retag() -> int:
    """Move every thread that is left. Returns how many were moved."""
    done = 0
    while (count := retag_batch()) > 0:
        done += count
    return done


@transaction.atomic
def retag_batch() -> int:
    """Move some threads, count the tags concerned, and take away words that nothing carries any more."""
    means = dict(TagSynonym.objects.values_list("slug", "tag__slug"))
    if not means:
        return 0
    moved = fetch(thread_with_space() + _LEFT, (BATCH,), build_thread)
    concerned: set[str] = set()
    for thread in moved:
        concerned |= _move(thread, means)
    recount_rows(TAGS, Tag.objects.filter(slug__in=concerned).values_list("pk", flat=True))
    if len(moved) < BATCH:
        _forget(means)
    return len(moved)


def _move(thread: Thread, means: dict[str, str]) -> set[str]:
    before = list(thread.tags)
    thread.tags = list(dict.fromkeys(means.get(slug, slug) for slug in before))
    thread.save(update_fields=["tags"])
    record_change(None, thread, "tags", ", ".join(before), ", ".join(thread.tags))
    return set(before) ^ set(thread.tags)


def _forget(means: dict[str, str]) -> None:
    """Delete the tags that are only synonyms by now, once no thread carries them."""
    for tag in Tag.objects.filter(slug__in=means).order_by("pk"):
        if not Thread.objects.filter(tags__contains=[tag.slug]).exists():
            tag.delete()
