"""What badges do when something happens: count again for the members it concerns, and only what it can have changed."""

from collections import defaultdict

from community.activity.models import Activity
from community.activity.registry import batch_for, consumer
from community.members.titles.actions import settle_title
from community.threads.verbs import (
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
    POST_CREATED,
    POST_STATE_CHANGED,
    REACTION_ADDED,
    REACTION_REMOVED,
    THREAD_CREATED,
)
from rewards.badges.actions import recompute_all, settle_badges
from rewards.badges.actions.settle import Cause
from rewards.badges.models import Badge, Metric
from rewards.badges.titles import settle_titles_of
from rewards.badges.verbs import BADGE_CHANGED, BADGE_REVOKED

_ANSWERED: dict[str, tuple[Metric, ...]] = {
    "post_author_id": (Metric.ACCEPTED, Metric.ACCEPTED_LATE, Metric.ACCEPTED_SPACES),
    "asker_id": (Metric.CHOSEN,),
}
_MARKED: dict[str, tuple[Metric, ...]] = {
    "post_author_id": (Metric.HELPED, Metric.HELPED_BY_ONE_POST, Metric.SAME_QUESTION)
}
_OF_POSTS = tuple(Metric)

# For each verb: the payload field that names a member (empty: the actor), and the metrics that may have moved for them.
TOUCHES: dict[str, dict[str, tuple[Metric, ...]]] = {
    THREAD_CREATED.name: {"": (Metric.QUESTIONS, Metric.YEAR)},
    POST_CREATED.name: {"": (Metric.ANSWERS, Metric.WELCOMED, Metric.YEAR)},
    POST_STATE_CHANGED.name: {"author_id": _OF_POSTS},
    REACTION_ADDED.name: _MARKED,
    REACTION_REMOVED.name: _MARKED,
    ANSWER_ACCEPTED.name: _ANSWERED,
    ANSWER_UNACCEPTED.name: _ANSWERED,
}


@consumer(
    THREAD_CREATED,
    POST_CREATED,
    POST_STATE_CHANGED,
    REACTION_ADDED,
    REACTION_REMOVED,
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
)
def count_for_badges(activity: Activity) -> None:
    """Give and take the badges this can have changed."""
    count_for_badges_of_many([activity])


@batch_for(count_for_badges)
def count_for_badges_of_many(activities: list[Activity]) -> None:
    """The same for many at once: each member is counted once for each metric."""
    causes: dict[str, dict[int, Cause]] = defaultdict(dict)
    for activity in activities:
        cause = Cause(activity.pk, activity.occurred_at, activity.quiet)
        for field, metrics in TOUCHES[activity.verb].items():
            member_id = activity.payload[field] if field else activity.actor_id
            if member_id is None:
                continue
            for metric in metrics:
                causes[metric].setdefault(member_id, cause)
    if causes:
        settle_badges(causes=causes)


@consumer(BADGE_CHANGED)
def recount_badge(activity: Activity) -> None:
    """Count a new or changed badge for everybody, without telling those who deserved it long ago."""
    recompute_all(keys=[activity.payload["badge"]], quiet=True)


@consumer(BADGE_CHANGED)
def reword_badge_titles(activity: Activity) -> None:
    """Show the name of a badge that is worn as it reads now; one that may not be worn any more nobody shows."""
    badge = Badge.objects.filter(pk=activity.target_pk).first()
    if badge is not None:
        settle_titles_of(badge)


@consumer(BADGE_REVOKED)
def take_badge_title_off(activity: Activity) -> None:
    """Whoever lost a badge no longer wears it."""
    settle_title(member_id=activity.payload["member_id"])
