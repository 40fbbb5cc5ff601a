"""What rituals do when something happens: count the week of what was touched again."""

import datetime as dt
from collections import defaultdict

from community.activity.models import Activity
from community.activity.registry import batch_for, consumer
from community.members.verbs import PROFILE_CHANGED
from community.moderation.audit import write_entry
from community.threads.models import Post
from community.threads.verbs import (
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
    POST_CREATED,
    POST_EDITED,
    POST_STATE_CHANGED,
    REACTION_ADDED,
    REACTION_REMOVED,
    THREAD_CREATED,
)
from rewards.rituals.actions import settle_rhythms
from rewards.rituals.verbs import RITUAL_RULES_CHANGED, SEASON_CHANGED

# Verbs whose target is the post itself; of the others the payload says which.
_ITSELF = frozenset(verb.name for verb in (POST_CREATED, POST_EDITED, POST_STATE_CHANGED))


@consumer(
    THREAD_CREATED,
    POST_CREATED,
    POST_EDITED,
    POST_STATE_CHANGED,
    REACTION_ADDED,
    REACTION_REMOVED,
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
    PROFILE_CHANGED,
)
def count_rhythm(activity: Activity) -> None:
    """Count the week of a post again, or all of them when somebody's clock or role changed."""
    count_rhythm_of_many([activity])


@batch_for(count_rhythm)
def count_rhythm_of_many(activities: list[Activity]) -> None:
    """The same for many at once."""
    for quiet in (False, True):
        some = [activity for activity in activities if activity.quiet is quiet]
        if some:
            settle_rhythms(moments=_moments(some), wholly=_clocks(some), quiet=quiet)


def _moments(activities: list[Activity]) -> dict[int, set[dt.datetime]]:
    posts = [
        activity.target_pk if activity.verb in _ITSELF else activity.payload["post_id"]
        for activity in activities
        if activity.verb != PROFILE_CHANGED.name
    ]
    found: dict[int, set[dt.datetime]] = defaultdict(set)
    if posts:
        written = Post.objects.filter(pk__in=posts, author__isnull=False)
        for author_id, at in written.values_list("author_id", "created_at"):
            found[author_id].add(at)
    return found


def _clocks(activities: list[Activity]) -> set[int]:
    asked = {"time_zone", "role", "is_active"}
    return {
        activity.target_pk
        for activity in activities
        if activity.verb == PROFILE_CHANGED.name and asked & set(activity.payload["fields"])
    }


@consumer(RITUAL_RULES_CHANGED, SEASON_CHANGED, hears_replays=False)
def audit_rituals(activity: Activity) -> None:
    """Write down who changed the rituals."""
    write_entry(activity)
