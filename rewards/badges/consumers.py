"""What badges do when something happens: count again for the members it concerns, and only what it can have changed."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model

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
    POST_PURGED,
    POST_STATE_CHANGED,
    REACTION_ADDED,
    REACTION_REMOVED,
    THREAD_CHANGED,
    THREAD_CREATED,
    THREAD_PURGED,
    THREAD_REGROUPED,
)
from rewards.badges.actions import recompute_all, settle_badges
from rewards.badges.actions.settle import Cause
from rewards.badges.models import Badge
from rewards.badges.rules.sources import SOURCES
from rewards.badges.titles import settle_titles_of
from rewards.badges.verbs import BADGE_CHANGED, BADGE_REVOKED
from rewards.points.verbs import POINTS_CHANGED
from rewards.praise.verbs import PRAISE_GIVEN, PRAISE_STATE_CHANGED

_ANSWERED: dict[str, tuple[str, ...]] = {
    "post_author_id": ("accepted", "accepted_late"),
    "asker_id": ("chosen",),
}
_MARKED: dict[str, tuple[str, ...]] = {"post_author_id": ("helped", "same", "marks"), "": ("given",)}
_VOTED: dict[str, tuple[str, ...]] = {"": ("polls",), "author of post_id": ("poll_voters",)}

_BEGUN = ("threads", "questions", "chosen", "drawn")
_WHERE = tuple(
    key for key, source in SOURCES.items() if {"spaces", "tags"} & {*source.columns, *source.lanes}
)
# What can be done to a thread so that rules about spaces and topics see another one.
_ELSEWHERE = frozenset({"move", "tags"})

# For each verb: the payload field that names members (empty: the actor; "author of": who wrote the post or thread of that
# number; "writers of": everybody who wrote in it), and the sources of rules that may have moved for them.
TOUCHES: dict[str, dict[str, tuple[str, ...]]] = {
    THREAD_CREATED.name: {"": ("threads", "questions", "posts")},
    POST_CREATED.name: {"": ("posts", "replies", "answers", "welcomed"), "thread_author_id": ("drawn",)},
    POST_STATE_CHANGED.name: {"author_id": tuple(SOURCES), "author of thread_id": ("drawn",)},
    POST_EDITED.name: {"": ("edits",)},
    THREAD_CHANGED.name: {"writers of thread_id": _WHERE},
    THREAD_REGROUPED.name: {
        "author_ids": tuple(SOURCES),
        "author of thread_id": _BEGUN,
        "author of source_id": _BEGUN,
    },
    THREAD_PURGED.name: {"author_ids": tuple(SOURCES)},
    POST_PURGED.name: {"author_ids": tuple(SOURCES), "author of thread_id": _BEGUN},
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
    PRAISE_GIVEN.name: {"": ("thanking",), "receiver_id": ("thanked",)},
    PRAISE_STATE_CHANGED.name: {"author_id": ("thanking",), "receiver_id": ("thanked",)},
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
        *(MEMBER_FOLLOWED, INVITATION_ACCEPTED, ADDRESS_CONFIRMED, PRAISE_GIVEN),
    )
)


# Everything that can move something that rules count.
MOVING = (
    THREAD_CREATED,
    POST_CREATED,
    POST_STATE_CHANGED,
    POST_EDITED,
    POST_PURGED,
    THREAD_CHANGED,
    THREAD_REGROUPED,
    THREAD_PURGED,
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
    PRAISE_GIVEN,
    PRAISE_STATE_CHANGED,
    MEMBER_FOLLOWED,
    INVITATION_ACCEPTED,
    PROFILE_CHANGED,
    ADDRESS_CONFIRMED,
    TRUST_CHANGED,
    POINTS_CHANGED,
)


@consumer(*MOVING)
def count_for_badges(activity: Activity) -> None:
    """Give and take the badges this can have changed."""
    count_for_badges_of_many([activity])


@batch_for(count_for_badges)
def count_for_badges_of_many(activities: list[Activity]) -> None:
    """The same for many at once: each member is counted once for each thing that is counted."""
    causes = causes_of(activities)
    if causes:
        settle_badges(causes=causes)


def causes_of(activities: list[Activity]) -> dict[str, dict[int, Cause]]:
    """Return, for each source of rules, the members for whom happenings may have moved it, and why."""
    activities = [
        it for it in activities if it.verb != THREAD_CHANGED.name or it.payload["change"] in _ELSEWHERE
    ]
    causes: dict[str, dict[int, Cause]] = defaultdict(dict)
    people = _people(activities)
    for activity in activities:
        cause = Cause(
            activity.pk,
            activity.occurred_at,
            activity.quiet,
            raises=activity.verb in _RAISING,
            elsewhere=activity.verb == THREAD_CHANGED.name,
        )
        for named, sources in TOUCHES[activity.verb].items():
            for member_id in _members(activity, named, people):
                for source in sources:
                    known = causes[source].get(member_id)
                    causes[source][member_id] = known.beside(cause) if known else cause
    return causes


# By what a field of TOUCHES says ("author of", "writers of"): whom each post or thread of that number leads to.
_People = dict[str, dict[int, set[int]]]


def _members(activity: Activity, named: str, people: _People) -> Iterable[int]:
    what, of, field = named.rpartition(" of ")
    if of:
        return people[f"{what} {_TABLES[field]}"].get(activity.payload[field], ())
    if field.endswith("_ids"):
        return list(activity.payload.get(field, ()))
    one = {"": activity.actor_id, "target": activity.target_pk}.get(field, activity.payload.get(field))
    return () if one is None else (one,)


_TABLES = {"post_id": "post", "thread_id": "thread", "source_id": "thread"}
_READ: dict[str, tuple[type[Model], str]] = {
    "author post": (Post, "pk"),
    "author thread": (Thread, "pk"),
    "writers thread": (Post, "thread_id"),
}


def _people(activities: Iterable[Activity]) -> _People:
    """Return whom posts and threads lead to by whose number members are found, in a statement each."""
    wanted: dict[str, set[int]] = {key: set() for key in _READ}
    for activity in activities:
        for named in TOUCHES[activity.verb]:
            what, of, field = named.rpartition(" of ")
            if of:
                wanted[f"{what} {_TABLES[field]}"].add(activity.payload[field])
    found: _People = {key: defaultdict(set) for key in _READ}
    for key, (table, column) in _READ.items():
        if wanted[key]:
            rows = table._default_manager.filter(**{f"{column}__in": wanted[key]}, author__isnull=False)
            for pk, author_id in rows.order_by().values_list(column, "author_id").distinct():
                found[key][pk].add(author_id)
    return found


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
