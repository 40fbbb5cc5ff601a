"""What badges do when something happens: count again for the members it concerns, and only what it can have changed."""

from collections import defaultdict
from collections.abc import Iterable

from community.activity.models import Activity
from community.activity.registry import batch_for, consumer
from community.members.invitations.verbs import INVITATION_ACCEPTED
from community.members.titles.actions import settle_title
from community.members.verbs import ADDRESS_CONFIRMED, MEMBER_FOLLOWED, PROFILE_CHANGED, TRUST_CHANGED
from community.messages.verbs import MESSAGE_DELETED, MESSAGE_RESTORED, MESSAGE_STATE_CHANGED, ROOM_SAID
from community.threads.models import Post, Thread
from community.threads.verbs import (
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
    POLL_UNVOTED,
    POLL_VOTED,
    POST_CREATED,
    POST_EDITED,
    POST_STATE_CHANGED,
    REACTION_ADDED,
    REACTION_REMOVED,
    THREAD_CREATED,
)
from rewards.badges.actions import recompute_all, settle_badges
from rewards.badges.actions.settle import Cause
from rewards.badges.models import Badge
from rewards.badges.rules.sources import SOURCES
from rewards.badges.titles import settle_titles_of
from rewards.badges.verbs import BADGE_CHANGED, BADGE_REVOKED
from rewards.points.verbs import POINTS_CHANGED

_ANSWERED: dict[str, tuple[str, ...]] = {
    "post_author_id": ("accepted", "accepted_late"),
    "asker_id": ("chosen",),
}
_MARKED: dict[str, tuple[str, ...]] = {"post_author_id": ("helped", "same", "marks")}
_VOTED: dict[str, tuple[str, ...]] = {"": ("polls",), "author of post_id": ("poll_voters",)}

# For each verb: the payload field that names a member (empty: the actor; "author of": who wrote the post or thread of that
# number), and the sources of rules that may have moved for them.
TOUCHES: dict[str, dict[str, tuple[str, ...]]] = {
    THREAD_CREATED.name: {"": ("threads", "questions", "posts")},
    POST_CREATED.name: {"": ("posts", "replies", "answers", "welcomed"), "thread_author_id": ("drawn",)},
    POST_STATE_CHANGED.name: {"author_id": tuple(SOURCES), "author of thread_id": ("drawn",)},
    POST_EDITED.name: {"": ("edits",)},
    REACTION_ADDED.name: _MARKED,
    REACTION_REMOVED.name: _MARKED,
    ANSWER_ACCEPTED.name: _ANSWERED,
    ANSWER_UNACCEPTED.name: _ANSWERED,
    POLL_VOTED.name: _VOTED,
    POLL_UNVOTED.name: _VOTED,
    ROOM_SAID.name: {"": ("rooms",)},
    MESSAGE_DELETED.name: {"": ("rooms",)},
    MESSAGE_RESTORED.name: {"": ("rooms",)},
    MESSAGE_STATE_CHANGED.name: {"author_id": ("rooms",)},
    MEMBER_FOLLOWED.name: {"followed_id": ("followers",)},
    INVITATION_ACCEPTED.name: {"inviter_id": ("invited",)},
    PROFILE_CHANGED.name: {"target": ("avatar", "bio")},
    ADDRESS_CONFIRMED.name: {"": ("address", "joined")},
    TRUST_CHANGED.name: {"target": ("trust", "joined")},
    POINTS_CHANGED.name: {"member_id": ("points",)},
}
# These only ever add something, so whoever holds a badge need not be counted again.
_RAISING = frozenset(
    verb.name
    for verb in (
        *(THREAD_CREATED, POST_CREATED, POST_EDITED, REACTION_ADDED, ROOM_SAID),
        *(MEMBER_FOLLOWED, INVITATION_ACCEPTED, ADDRESS_CONFIRMED),
    )
)


@consumer(
    THREAD_CREATED,
    POST_CREATED,
    POST_STATE_CHANGED,
    POST_EDITED,
    REACTION_ADDED,
    REACTION_REMOVED,
    ANSWER_ACCEPTED,
    ANSWER_UNACCEPTED,
    POLL_VOTED,
    POLL_UNVOTED,
    ROOM_SAID,
    MESSAGE_DELETED,
    MESSAGE_RESTORED,
    MESSAGE_STATE_CHANGED,
    MEMBER_FOLLOWED,
    INVITATION_ACCEPTED,
    PROFILE_CHANGED,
    ADDRESS_CONFIRMED,
    TRUST_CHANGED,
    POINTS_CHANGED,
)
def count_for_badges(activity: Activity) -> None:
    """Give and take the badges this can have changed."""
    count_for_badges_of_many([activity])


@batch_for(count_for_badges)
def count_for_badges_of_many(activities: list[Activity]) -> None:
    """The same for many at once: each member is counted once for each thing that is counted."""
    causes: dict[str, dict[int, Cause]] = defaultdict(dict)
    authors = _authors(activities)
    for activity in activities:
        raises = activity.verb in _RAISING
        cause = Cause(activity.pk, activity.occurred_at, activity.quiet, raises)
        for named, sources in TOUCHES[activity.verb].items():
            member_id = _member(activity, named, authors)
            if member_id is None:
                continue
            for source in sources:
                known = causes[source].setdefault(member_id, cause)
                if known.raises and not raises:
                    causes[source][member_id] = cause
    if causes:
        settle_badges(causes=causes)


def _member(activity: Activity, named: str, authors: dict[str, dict[int, int | None]]) -> int | None:
    if not named:
        return activity.actor_id
    if named == "target":
        return activity.target_pk
    _author, _of, field = named.rpartition("author of ")
    found: int | None = activity.payload[field]
    return found if named == field or found is None else authors[field].get(found)


def _authors(activities: Iterable[Activity]) -> dict[str, dict[int, int | None]]:
    """Return who wrote the posts and threads by whose number a member is found, in a statement each."""
    wanted: dict[str, set[int]] = {"post_id": set(), "thread_id": set()}
    for activity in activities:
        for named in TOUCHES[activity.verb]:
            _author, of, field = named.rpartition("author of ")
            if of:
                wanted[field].add(activity.payload[field])
    posts = Post.objects.filter(pk__in=wanted["post_id"]) if wanted["post_id"] else Post.objects.none()
    threads = (
        Thread.objects.filter(pk__in=wanted["thread_id"]) if wanted["thread_id"] else Thread.objects.none()
    )
    return {
        "post_id": dict(posts.values_list("pk", "author_id")),
        "thread_id": dict(threads.values_list("pk", "author_id")),
    }


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
