"""Which things an Activity touches that can earn points: a post, a reaction, an accepted answer."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Q

from community.activity.models import Activity
from community.threads import verbs
from community.threads.models import Post, Reaction, ReactionKind, Thread
from rewards.intake.verbs import EVENT_ARRIVED
from rewards.points.earning.brand_events import EVENT
from rewards.points.models import PendingAward, PendingState, Transfer, TransferKind

POST = "post"
REACTION = "reaction"
ANSWER = "answer"

Source = tuple[str, int]

# What points hear by themselves; for other verbs a feature calls `award` with the key of its rule.
HEARD = tuple(
    verb.name
    for verb in (
        verbs.THREAD_CREATED,
        verbs.POST_CREATED,
        verbs.REACTION_ADDED,
        verbs.ANSWER_ACCEPTED,
        EVENT_ARRIVED,
    )
)

# What lets a thread, or some of its posts, stand in another space or under other topics.
ELSEWHERE = (verbs.THREAD_CHANGED.name, verbs.THREAD_REGROUPED.name)


@dataclass(frozen=True, slots=True)
class Touch:
    """One thing to look at again, and the Activity that made us look. `giver_id` is who reacted or accepted.

    `post_id` is 0 for an event of the brand, which is about no post.
    `again`: only because more or fewer members find the post helpful now. `elsewhere`: only because its thread stands in
    another space now, or has other topics.
    """

    source: Source
    post_id: int
    giver_id: int | None
    reaction_kind: str
    activity_id: int
    actor_id: int | None
    occurred_at: dt.datetime
    quiet: bool
    again: bool = False
    elsewhere: bool = False


def touches_of(
    activities: list[Activity], *, by_quality: bool = False, by_place: bool = False
) -> list[Touch]:
    """Return everything the Activities touch, in their order.

    `by_quality`: some rule asks how many found a post helpful, so whatever such a mark is about is looked at again.
    `by_place`: some rule asks for a space or a topic, so whatever went elsewhere is.
    """
    moved, activities = _parted(activities)
    changed = [a.target_pk for a in activities if a.verb == verbs.POST_STATE_CHANGED.name]
    around = _around(changed) if changed else {}
    touches: list[Touch] = []
    for activity in activities:
        if activity.verb == verbs.POST_STATE_CHANGED.name:
            touches.extend(
                _touch(activity, source, activity.target_pk, giver, kind)
                for source, giver, kind in around.get(activity.target_pk, ())
            )
        else:
            touches.append(_one(activity))
    if by_quality:
        touches.extend(_marked(activities))
    return [*touches, *_gone_elsewhere(moved)] if by_place else touches


def _parted(activities: list[Activity]) -> tuple[list[Activity], list[Activity]]:
    """Return what went elsewhere, and everything else."""
    moved = [
        a
        for a in activities
        if a.verb == verbs.THREAD_REGROUPED.name
        or (a.verb == verbs.THREAD_CHANGED.name and a.payload["change"] in ("move", "tags"))
    ]
    return moved, [a for a in activities if a.verb not in ELSEWHERE]


def _gone_elsewhere(activities: list[Activity]) -> Iterator[Touch]:
    """Touch posts that stand in another space now or under other topics, and what readers and askers made of them."""
    changed: dict[int, Activity] = {}
    for activity in activities:
        posts = activity.payload.get("post_ids")
        if posts is None:
            in_it = Post.objects.filter(thread_id=activity.payload["thread_id"])
            posts = in_it.order_by("pk").values_list("pk", flat=True)
        changed.update(dict.fromkeys(posts, activity))
    if not changed:
        return
    acceptors = accepted_by(changed)
    for post_id, sources in _around(changed).items():
        found = {source: (giver, kind) for source, giver, kind in sources}
        if post_id in acceptors:
            found[ANSWER, post_id] = (acceptors[post_id], "")
        for source, (giver, kind) in found.items():
            yield replace(_touch(changed[post_id], source, post_id, giver, kind), elsewhere=True)


def _marked(activities: list[Activity]) -> Iterator[Touch]:
    """Touch posts that were found helpful, or no longer are, and accepted answers among them: each once."""
    changed = {
        a.payload["post_id"]: a
        for a in activities
        if a.verb in (verbs.REACTION_ADDED.name, verbs.REACTION_REMOVED.name)
        and a.payload["kind"] == ReactionKind.HELPFUL
    }
    if not changed:
        return
    acceptors = accepted_by(changed)
    for post_id, activity in changed.items():
        yield replace(_touch(activity, (POST, post_id), post_id), again=True)
        if post_id in acceptors:
            yield replace(_touch(activity, (ANSWER, post_id), post_id, acceptors[post_id]), again=True)


def accepted_by(post_ids: Iterable[int]) -> dict[int, int | None]:
    """Return, of those posts that are accepted answers, who accepted them last."""
    threads = dict(
        Thread.objects.filter(accepted_post_id__in=list(post_ids)).values_list("pk", "accepted_post")
    )
    if not threads:
        return {}
    rows = Activity.objects.filter(
        Q(target_type=Thread._meta.label_lower, target_pk__in=list(threads))
        | Q(target_type=Post._meta.label_lower, target_pk__in=list(threads.values())),
        verb=verbs.ANSWER_ACCEPTED.name,
    )
    said = {
        payload["post_id"]: actor for payload, actor in rows.order_by("pk").values_list("payload", "actor_id")
    }
    return {post_id: said.get(post_id) for post_id in threads.values() if post_id is not None}


def _one(activity: Activity) -> Touch:
    payload = activity.payload
    if activity.verb == EVENT_ARRIVED.name:
        # A refund makes us look at what it refunds.
        return _touch(activity, (EVENT, payload["original_id"] or activity.target_pk), 0)
    if activity.verb == verbs.THREAD_CREATED.name:
        return _touch(activity, (POST, payload["post_id"]), payload["post_id"])
    if activity.verb == verbs.POST_CREATED.name:
        return _touch(activity, (POST, activity.target_pk), activity.target_pk)
    if activity.verb in (verbs.REACTION_ADDED.name, verbs.REACTION_REMOVED.name):
        source = (REACTION, payload["reaction_id"])
        return _touch(activity, source, payload["post_id"], activity.actor_id, payload["kind"])
    return _touch(activity, (ANSWER, payload["post_id"]), payload["post_id"], activity.actor_id)


def _touch(
    activity: Activity, source: Source, post_id: int, giver_id: int | None = None, reaction_kind: str = ""
) -> Touch:
    return Touch(
        source=source,
        post_id=post_id,
        giver_id=giver_id,
        reaction_kind=reaction_kind,
        activity_id=activity.pk,
        actor_id=activity.actor_id,
        occurred_at=activity.occurred_at,
        quiet=activity.quiet,
    )


def _around(post_ids: Iterable[int]) -> dict[int, list[tuple[Source, int | None, str]]]:
    """Return, for posts whose state changed, everything that can earn or has earned points because of them."""
    found: dict[int, dict[Source, tuple[int | None, str]]] = {pk: {(POST, pk): (None, "")} for pk in post_ids}
    for post_id, source, giver, kind in (*_awarded(found), *_reactions(found)):
        found[post_id][source] = (giver, kind)
    return {
        post_id: [(source, giver, kind) for source, (giver, kind) in sources.items()]
        for post_id, sources in found.items()
    }


def _awarded(post_ids: Iterable[int]) -> Iterator[tuple[int, Source, int | None, str]]:
    wanted = list(post_ids)
    names = ("post_id", "source_type", "source_id", "giver_id")
    paid = Transfer.objects.filter(post_id__in=wanted, kind=TransferKind.AWARD).order_by("pk")
    waiting = PendingAward.objects.filter(post_id__in=wanted, state=PendingState.WAITING).order_by("pk")
    for post_id, source_type, source_id, giver in (*paid.values_list(*names), *waiting.values_list(*names)):
        # Other features pay for their own sources and take back themselves.
        if source_type in (POST, REACTION, ANSWER) and post_id and source_id:
            yield post_id, (source_type, source_id), giver, ""


def _reactions(post_ids: Iterable[int]) -> Iterator[tuple[int, Source, int | None, str]]:
    rows = Reaction.objects.filter(post_id__in=list(post_ids)).order_by("pk")
    for pk, post_id, member_id, kind in rows.values_list("pk", "post_id", "member_id", "kind"):
        yield post_id, (REACTION, pk), member_id, kind
