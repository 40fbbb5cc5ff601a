"""The index hears what is said, changed, hidden and moved."""

from community.activity.models import Activity
from community.activity.registry import batch_for, consumer
from community.members.fields.verbs import ANSWERS_CHANGED, FIELD_DEFINED
from community.members.verbs import MEMBER_JOINED, PROFILE_CHANGED
from community.search import actions
from community.threads.verbs import (
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
    POLL_ADDED,
    POLL_CHANGED,
    POLL_REMOVED,
    POST_CREATED,
    POST_EDITED,
    POST_PURGED,
    POST_STATE_CHANGED,
    THREAD_CHANGED,
    THREAD_CREATED,
    THREAD_PURGED,
    THREAD_REGROUPED,
)

# What changes where a thread is found, and so all that is in it.
_MOVING = ("move", "unlist", "archive")
# Settings of a profile field that change what is found.
_SEARCHED = {"is_searchable", "seen_by", "is_active", "kind", "choices"}


@consumer(
    THREAD_CREATED,
    THREAD_CHANGED,
    POST_CREATED,
    POST_EDITED,
    POST_STATE_CHANGED,
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
    POLL_ADDED,
    POLL_CHANGED,
    POLL_REMOVED,
)
def index_what_is_said(activity: Activity) -> None:
    """Keep threads and posts findable as they are now."""
    index_many([activity])


@batch_for(index_what_is_said)
def index_many(activities: list[Activity]) -> None:
    """Do the same for many at once: six statements, however many there are."""
    whole, threads, replies = set(), set(), set()
    for activity in activities:
        thread = activity.payload["thread_id"]
        if _concerns_all(activity):
            whole.add(thread)
        elif activity.verb == POST_CREATED.name:
            replies.add(activity.target_pk)
        else:
            threads.add(thread)
            if activity.verb not in (THREAD_CREATED.name, THREAD_CHANGED.name):
                replies.add(activity.target_pk)
    actions.index_whole_threads(whole)
    actions.index_threads(threads - whole)
    actions.index_replies(replies)


def _concerns_all(activity: Activity) -> bool:
    if activity.verb == THREAD_CHANGED.name:
        return activity.payload["change"] in _MOVING
    # A first post takes its thread along.
    return activity.verb == POST_STATE_CHANGED.name and activity.payload["position"] == 1


@consumer(MEMBER_JOINED, PROFILE_CHANGED, ANSWERS_CHANGED)
def index_people(activity: Activity) -> None:
    """Keep members findable by the names they have now."""
    actions.index_members([activity.target_pk])


@batch_for(index_people)
def index_many_people(activities: list[Activity]) -> None:
    """Do the same for many at once."""
    actions.index_members([activity.target_pk for activity in activities])


@consumer(FIELD_DEFINED, hears_replays=False)
def index_those_who_answered(activity: Activity) -> None:
    """A field that is searched no longer, or by fewer, must not be found by what it held."""
    if set(activity.payload["fields"]) & _SEARCHED:
        actions.index_members_with(activity.payload["key"])


@consumer(THREAD_REGROUPED, THREAD_PURGED, POST_PURGED)
def index_what_went(activity: Activity) -> None:
    """Find posts where they are now, and nothing of what is gone for good."""
    payload = activity.payload
    actions.index_whole_threads({payload["thread_id"], payload.get("source_id", payload["thread_id"])})
    # A reply that begins a thread now is found as that thread.
    actions.index_replies(payload["post_ids"])
