"""What threads do when they hear of themselves: keep the numbers on the members who wrote, answered and helped.

The numbers are counted from the rows, not added up: hearing something twice, late or in another order does no harm.
"""

from django.utils import timezone

from community.activity.models import Activity
from community.activity.registry import batch_for, consumer
from community.members.trust.actions import settle_trust
from community.spaces.models import Tag
from community.spaces.verbs import SPACE_CHANGED
from community.threads.behind import tell_readers
from community.threads.counters import Counter, concerned, recount_rows
from community.threads.counters.contributions import VERBS
from community.threads.counters.truth import TAGS
from community.threads.models import Thread
from community.threads.verbs import (
    POST_CREATED,
    POST_EDITED,
    POST_STATE_CHANGED,
    REACTION_ADDED,
    THREAD_CHANGED,
    THREAD_CREATED,
    THREAD_REGROUPED,
)
from community.writing.models import LinkCard


@consumer(*VERBS, hears_replays=False)
def count_contributions(activity: Activity) -> None:
    """Count what the member concerned has written, had accepted, and helped with.

    History that is brought in is counted once at its end, by `recount`, not again for each of its posts.
    """
    count_many([activity])


@batch_for(count_contributions)
def count_many(activities: list[Activity]) -> None:
    """Count for many activities at once: each member once."""
    members: dict[Counter, set[int]] = {}
    for activity in activities:
        if (pair := concerned(activity)) is not None:
            members.setdefault(pair[0], set()).add(pair[1])
    for counter, ids in members.items():
        recount_rows(counter, ids)


@consumer(POST_CREATED, THREAD_REGROUPED, hears_replays=False)
def tell_who_is_behind(activity: Activity) -> None:
    """Tell whoever had read all of a thread that it goes on. After an import everyone is told at once."""
    tell_of_many([activity])


@batch_for(tell_who_is_behind)
def tell_of_many(activities: list[Activity]) -> None:
    """Tell of many posts at once: of each thread once."""
    named = {activity.payload.get(key) for activity in activities for key in ("thread_id", "source_id")}
    tell_readers(sorted(pk for pk in named if pk is not None))


@consumer(SPACE_CHANGED)
def count_tags_of_space(activity: Activity) -> None:
    """Count the tags of a space that was opened or closed: the words of a private one are listed nowhere else."""
    if "access" not in activity.payload["fields"]:
        return
    used = Thread.objects.filter(space_id=activity.target_pk).values_list("tags", flat=True).distinct()
    slugs = {slug for tags in used for slug in tags}
    recount_rows(TAGS, Tag.objects.filter(slug__in=slugs).values_list("pk", flat=True))


@consumer(THREAD_CHANGED, POST_STATE_CHANGED, POST_EDITED)
def ask_own_cards_again(activity: Activity) -> None:
    """Let cards of a thread follow what guests may see of it."""
    LinkCard.objects.filter(own_thread=activity.payload["thread_id"]).update(due_at=timezone.now())


@consumer(SPACE_CHANGED)
def ask_cards_of_space_again(activity: Activity) -> None:
    """Let the cards of its threads follow a space that was opened, closed or renamed."""
    threads = Thread.objects.filter(space_id=activity.target_pk).values("pk")
    LinkCard.objects.filter(own_thread__in=threads).update(due_at=timezone.now())


@consumer(THREAD_CREATED, POST_CREATED, REACTION_ADDED, hears_replays=False)
def settle_trust_by_deeds(activity: Activity) -> None:
    """Give who wrote, thanked or was thanked the level they have earned by now.

    History that is brought in is settled once at its end, and what was read every hour.
    """
    settle_trust_of_many([activity])


@batch_for(settle_trust_by_deeds)
def settle_trust_of_many(activities: list[Activity]) -> None:
    """Settle for many activities at once: each member once."""
    concerned = {pk for a in activities for pk in (a.actor_id, a.payload.get("post_author_id"))}
    settle_trust(member_ids={pk for pk in concerned if pk is not None})


@consumer(THREAD_REGROUPED)
def ask_cards_of_regrouped_again(activity: Activity) -> None:
    """Let the cards of two threads follow what became of them."""
    both = (activity.payload["thread_id"], activity.payload["source_id"])
    LinkCard.objects.filter(own_thread__in=both).update(due_at=timezone.now())
