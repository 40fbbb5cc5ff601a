"""Which things an Activity touches that can earn points: a post, a reaction, an accepted answer."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from community.activity.models import Activity
from community.threads import verbs
from community.threads.models import Reaction
from rewards.points.models import Transfer, TransferKind

POST = "post"
REACTION = "reaction"
ANSWER = "answer"

Source = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Touch:
    """One thing to look at again, and the Activity that made us look. `giver_id` is who reacted or accepted."""

    source: Source
    post_id: int
    giver_id: int | None
    reaction_kind: str
    activity_id: int
    actor_id: int | None
    occurred_at: dt.datetime
    quiet: bool


def touches_of(activities: list[Activity]) -> list[Touch]:
    """Return everything the Activities touch, in their order."""
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
    return touches


def _one(activity: Activity) -> Touch:
    payload = activity.payload
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
    rows = Transfer.objects.filter(post_id__in=list(post_ids), kind=TransferKind.AWARD).order_by("pk")
    for post_id, source_type, source_id, giver in rows.values_list(
        "post_id", "source_type", "source_id", "giver_id"
    ):
        # Other features pay for their own sources and take back themselves.
        if source_type in (POST, REACTION, ANSWER) and post_id and source_id:
            yield post_id, (source_type, source_id), giver, ""


def _reactions(post_ids: Iterable[int]) -> Iterator[tuple[int, Source, int | None, str]]:
    rows = Reaction.objects.filter(post_id__in=list(post_ids)).order_by("pk")
    for pk, post_id, member_id, kind in rows.values_list("pk", "post_id", "member_id", "kind"):
        yield post_id, (REACTION, pk), member_id, kind
