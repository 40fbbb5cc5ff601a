"""Counting how far members are in quests, and finishing those whose steps are done."""

import datetime as dt
from collections.abc import Iterable, Mapping
from operator import itemgetter

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from community.activity.record import Happening, record, record_many
from community.activity.registry import Verb
from community.members.models import Member, Role
from community.spaces.audiences import held
from community.sql import fetch
from rewards.quests.counting import Far, count_steps, everybody_with_something, touched_by
from rewards.quests.models import Choice, Kind, Progress, Quest, State, Step, Taking, TakingState, today
from rewards.quests.verbs import QUEST_BEGUN, QUEST_CHANGED, QUEST_FINISHED, QUEST_REACHED

CHUNK = 500
Counted = Mapping[int, Mapping[int, Far]]
_AUDIENCE = f"SELECT v.id FROM members_member v WHERE v.id = ANY(%s) AND {held('v')} && %s::text[]"  # noqa: S608 - fixed text


def settle_quests(*, touched: Mapping[str, Iterable[int]]) -> int:
    """Count quests again for members for whom sources of rules may have moved (`{source: member ids}`). Returns how many finished."""
    finished = 0
    for quest in Quest.objects.healing(today()).prefetch_related("steps"):
        steps = list(quest.steps.all())
        members = {pk for source in touched_by(steps) for pk in touched.get(source, ())}
        finished += _settle_some(quest, members)
    return finished


def recompute_quests() -> int:
    """Count every running quest for everybody who takes part, or would have begun it: what no happening tells of, and what was
    missed. Returns how many finished."""
    finished = 0
    for quest in Quest.objects.healing(today()).prefetch_related("steps"):
        taking = Taking.objects.filter(quest=quest, state=TakingState.UNDER_WAY)
        members = set(taking.values_list("member_id", flat=True))
        if not quest.asks_joining:
            members |= everybody_with_something(quest, quest.steps.all())
        finished += _settle_some(quest, members)
    return finished


def close_over(*, actor: None) -> int:
    """Note that quests are over, a day after their last, when everything of it is counted. Returns how many."""
    over = Quest.objects.filter(
        state__in=[State.OPEN, State.PAUSED], ends_on__lt=today() - dt.timedelta(days=1)
    )
    return sum(_close(quest) for quest in over)


@transaction.atomic
def _close(quest: Quest) -> int:
    rows = Quest.objects.filter(pk=quest.pk, ends_on=quest.ends_on).exclude(state=State.ENDED)
    changed = rows.update(state=State.ENDED, ended_at=timezone.now())
    if changed:
        said = {"fields": ["state"], "before": {"state": quest.state}, "after": {"state": State.ENDED.value}}
        record(QUEST_CHANGED, actor=None, target=quest, payload={"quest": quest.key, **said})
    return changed


def _settle_some(quest: Quest, member_ids: Iterable[int]) -> int:
    ordered = sorted(member_ids)
    return sum(
        settle_members(quest, ordered[start : start + CHUNK]) for start in range(0, len(ordered), CHUNK)
    )


@transaction.atomic
def settle_members(quest: Quest, member_ids: Iterable[int]) -> int:
    """Count one quest for some members. They are locked, in id order, before anything is counted: whoever comes second sees
    what the first did, so nobody finishes twice. Returns how many finished."""
    members = _lock(member_ids)
    if not members or not Quest.objects.healing(today()).filter(pk=quest.pk).exists():
        return 0
    steps = list(Step.objects.filter(quest=quest))
    had = {row.member_id: row for row in Taking.objects.filter(quest=quest, member__in=members)}
    under_way = {pk: row.began_on for pk, row in had.items() if row.state == TakingState.UNDER_WAY}
    fresh = _may_begin(quest, members - had.keys())
    counted = count_steps(quest, steps, under_way | dict.fromkeys(fresh, quest.starts_on))
    begun = _begin(quest, [pk for pk in sorted(fresh) if any(far.have for far in counted[pk].values())])
    takings = [row for row in (*had.values(), *begun) if row.state == TakingState.UNDER_WAY]
    _keep(takings, counted)
    if quest.is_together:
        return add_up(quest)
    done = [
        row for row in takings if steps and all(counted[row.member_id][step.pk].is_done for step in steps)
    ]
    return _finish(quest, done)


def add_up(quest: Quest) -> int:
    """Add up what everybody brought to a goal of all; once it is reached it stays so, and whoever brought enough has finished.

    The quest is locked after its members, so that of two who come at once the second sees both parts. Returns how many finished.
    """
    fresh = Quest.objects.select_for_update(of=("self",), no_key=True).get(pk=quest.pk)
    parts = Progress.objects.filter(taking__quest=fresh)
    fresh.reached = parts.aggregate(n=Sum("have"))["n"] or 0
    if fresh.reached_at is None and fresh.goal is not None and fresh.reached >= fresh.goal:
        fresh.reached_at = timezone.now()
        said = {"quest": fresh.key, "name": fresh.name, "goal": fresh.goal, "reached": fresh.reached}
        record(QUEST_REACHED, actor=None, target=fresh, payload=said)
    fresh.save(update_fields=["reached", "reached_at"])
    if fresh.reached_at is None:
        return 0
    enough = parts.filter(is_done=True, taking__state=TakingState.UNDER_WAY).values("taking")
    return _finish(fresh, list(Taking.objects.filter(pk__in=enough).order_by("pk")))


def _lock(member_ids: Iterable[int]) -> set[int]:
    """Lock those who take part in quests: open accounts of members who did not hide them; the team does not."""
    members = Member.objects.get_queryset().filter(pk__in=list(member_ids), role=Role.MEMBER, is_active=True)
    locked = set(members.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    return locked - set(
        Choice.objects.filter(member__in=locked, hides=True).values_list("member_id", flat=True)
    )


def _may_begin(quest: Quest, member_ids: set[int]) -> set[int]:
    """Return for whom a quest begins by itself, of some members: those in its audience, while it runs."""
    if quest.asks_joining or not member_ids or not quest.has_begun or quest.is_over:
        return set()
    members = Member.objects.get_queryset().filter(pk__in=member_ids)
    if quest.newcomer_days is not None:
        members = members.filter(joined_at__gt=timezone.now() - dt.timedelta(days=quest.newcomer_days))
    found = set(members.values_list("pk", flat=True))
    return (
        found & set(fetch(_AUDIENCE, (list(found), quest.audience), itemgetter(0)))
        if quest.audience
        else found
    )


def _begin(quest: Quest, member_ids: list[int]) -> list[Taking]:
    begun = Taking.objects.bulk_create(
        [Taking(quest=quest, member_id=pk, began_on=quest.starts_on) for pk in member_ids]
    )
    tell(QUEST_BEGUN, quest, begun)
    return begun


def _keep(takings: list[Taking], counted: Counted) -> None:
    """Store how far members are, where it is not what was stored."""
    stored = {
        (row.taking_id, row.step_id): Far(row.have, row.is_done)
        for row in Progress.objects.filter(taking__in=takings)
    }
    changed = [
        Progress(taking=row, step_id=step_id, have=far.have, is_done=far.is_done)
        for row in takings
        for step_id, far in counted[row.member_id].items()
        if stored.get((row.pk, step_id), Far()) != far
    ]
    Progress.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["taking", "step"], update_fields=["have", "is_done"]
    )


def _finish(quest: Quest, done: list[Taking]) -> int:
    rows = Taking.objects.filter(pk__in=[row.pk for row in done], state=TakingState.UNDER_WAY)
    changed = rows.update(state=TakingState.FINISHED, finished_at=timezone.now()) if done else 0
    if changed:
        tell(QUEST_FINISHED, quest, done)
    return changed


def tell(verb: Verb, quest: Quest, takings: Iterable[Taking]) -> None:
    """Write down in the log that members began or finished a quest. First steps of newcomers begin in silence."""
    if quest.kind == Kind.ONBOARDING and verb is QUEST_BEGUN:
        return
    happenings = [
        Happening(
            verb=verb,
            actor_id=None,
            target_type=Taking._meta.label_lower,
            target_pk=row.pk,
            payload={"quest": quest.key, "name": quest.name, "member_id": row.member_id},
            occurred_at=timezone.now(),
        )
        for row in takings
    ]
    if happenings:
        record_many(happenings, quiet=False)
