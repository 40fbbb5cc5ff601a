"""The derived columns of threads, posts, tags and spaces, moved by steps inside the transaction of their cause.

Every function here expects the thread to be locked already (`locks`), except where it says otherwise.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.db import connection
from django.db.models import Case, F, Max, OuterRef, Subquery, When
from django.db.models.functions import Greatest

from community.spaces.models import Access, Space, Tag
from community.sql import write
from community.threads.models import Post, State, Steering, Thread

# The thread's row is touched before the post's, because the post's asks for it: the order of `locks`.
_MOVE_REACTIONS = """
moved AS ({change}), counted AS (
  UPDATE threads_thread SET reaction_count = GREATEST(reaction_count + %(step)s, 0)
   WHERE id = %(thread)s AND EXISTS (SELECT FROM moved) RETURNING id
), shown AS (
  UPDATE threads_post SET reactions = CASE
    WHEN COALESCE((reactions ->> %(kind)s::text)::int, 0) + %(step)s > 0
    THEN reactions || jsonb_build_object(%(kind)s::text, COALESCE((reactions ->> %(kind)s::text)::int, 0) + %(step)s)
    ELSE reactions - %(kind)s::text END
   WHERE id = %(post)s AND thread_id = (SELECT id FROM counted) AND (state = 'visible' OR %(step)s < 0)
   RETURNING reactions::text
), changed AS (
  SELECT CASE WHEN EXISTS (SELECT FROM shown) THEN moved.id END AS id, (SELECT reactions FROM shown) AS reactions FROM moved
)
"""


@lru_cache(maxsize=16)
def move_reactions(change: str) -> str:
    """Return what lets `change` insert or delete a reaction `RETURNING id`, and moves the counters of its post and thread.

    It is the change of a `change_and_record`; a post that can no longer be counted up loses it. Parameters: `post`, `thread`,
    `kind`, `step` and whatever `change` asks for.
    """
    return _MOVE_REACTIONS.format(change=change)


def recount_last_post(thread: Thread) -> None:
    """Point a locked thread at its last shown post, or at its own beginning when none is."""
    last = (
        Post.objects.filter(thread=thread, state=State.VISIBLE)
        .order_by("-position")
        .values("created_at", "author_id")
        .first()
    )
    thread.last_post_at = last["created_at"] if last else thread.created_at
    if thread.is_steered:
        bumped = Steering.objects.filter(pk=thread.pk).values_list("bumped_at", flat=True).first()
        thread.last_post_at = max(thread.last_post_at, bumped or thread.last_post_at)
    thread.last_author_id = last["author_id"] if last else thread.author_id
    thread.save(update_fields=["last_post_at", "last_author"])


def is_counted(thread: Thread, space: Space) -> bool:
    """Return whether a thread counts for its tags: shown, and not in a private space, whose words stay inside."""
    return thread.state == State.VISIBLE and space.access != Access.PRIVATE


def count_tags(before: Sequence[str], after: Mapping[str, str]) -> None:
    """Move tag counters from the slugs counted before to those counted after; unknown tags are created."""
    steps = {slug: -1 for slug in before}
    for slug in after:
        steps[slug] = steps.get(slug, 0) + 1
    moved = [(slug, after.get(slug, slug), step) for slug, step in sorted(steps.items()) if step]
    if not moved:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO spaces_tag (slug, name, thread_count)"
            " SELECT slug, name, GREATEST(step, 0)"
            " FROM unnest(%s::text[], %s::text[], %s::int[]) AS moved (slug, name, step) ORDER BY slug"
            " ON CONFLICT (slug) DO UPDATE SET thread_count = GREATEST(spaces_tag.thread_count +"
            " (%s::jsonb ->> spaces_tag.slug)::int, 0)",
            [
                [slug for slug, _name, _step in moved],
                [name for _slug, name, _step in moved],
                [step for _slug, _name, step in moved],
                json.dumps({slug: step for slug, _name, step in moved}),
            ],
        )


def name_tags(tags: Mapping[str, str]) -> None:
    """Make sure that tags exist without counting them: those of private spaces are never listed elsewhere."""
    Tag.objects.bulk_create(
        [Tag(slug=slug, name=name) for slug, name in sorted(tags.items())], ignore_conflicts=True
    )


_COUNT_ANOTHER = """
UPDATE spaces_space SET thread_count = thread_count + %s, last_thread_at = GREATEST(last_thread_at, %s) WHERE id = %s
"""


def count_in_space(thread: Thread, space_id: int, step: int) -> None:
    """Move the thread counter of a space by one thread that appears in it or goes from it, and its newest date."""
    if step > 0:
        write(_COUNT_ANOTHER, (step, thread.created_at, space_id))
        return
    shown = Thread.objects.filter(space=OuterRef("pk"), state=State.VISIBLE).order_by()
    last = shown.values("space").annotate(at=Max("created_at")).values("at")
    # Only the newest one leaves a gap that must be looked for.
    newest = Case(When(last_thread_at__lte=thread.created_at, then=Subquery(last)), default="last_thread_at")
    Space.objects.filter(pk=space_id).update(
        thread_count=Greatest(F("thread_count") + step, 0), last_thread_at=newest
    )


def change_thread_state(thread: Thread, after: str, *, also: Sequence[str] = ()) -> None:
    """Show a locked thread differently; its tags and its space follow. `also` are other columns that changed with it."""
    was_counted, was_shown = is_counted(thread, thread.space), thread.state == State.VISIBLE
    thread.state = after
    thread.save(update_fields=["state", *also])
    counted = is_counted(thread, thread.space)
    if was_counted != counted:
        words = {slug: slug for slug in thread.tags}
        count_tags(thread.tags if was_counted else (), words if counted else {})
    if was_shown != (thread.state == State.VISIBLE):
        count_in_space(thread, thread.space_id, -1 if was_shown else 1)


def move_between_spaces(thread: Thread, source_id: int, target_id: int) -> None:
    """Move a shown thread from the counters of one space to those of another, touching them in the order of their ids."""
    if thread.state != State.VISIBLE:
        return
    for space_id, step in sorted([(source_id, -1), (target_id, 1)]):
        count_in_space(thread, space_id, step)
