"""Making, changing, opening, pausing, ending and copying quests."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from community.spaces.audiences import unknown_keys
from rewards.badges.rules.sources import SOURCES
from rewards.badges.rules.tree import How, Leaf, RuleFault, dump, parse
from rewards.points.models import EarningRule
from rewards.quests.limits import MOST_STEPS
from rewards.quests.models import Kind, Quest, State, Step, Taking, today
from rewards.quests.permissions import can_change_quests
from rewards.quests.verbs import QUEST_CHANGED, QUEST_FINISHED

QUEST_FIELDS = (
    *("name", "about", "why", "starts_on", "ends_on", "audience", "newcomer_days"),
    *("asks_joining", "rule_key", "badge", "host", "position", "kind"),
    *("goal", "floor"),
)
STEP_FIELDS = ("key", "place", "title", "hint", "url", "rule")
# What those who began were promised.
FROZEN = frozenset({"kind", "starts_on", "asks_joining", "rule_key", "badge", "goal", "floor"})
FROZEN_OF_STEP = frozenset({"key", "rule"})
# From where a quest may go where.
MOVES = {
    State.DRAFT: {State.OPEN},
    State.OPEN: {State.PAUSED, State.ENDED},
    State.PAUSED: {State.OPEN, State.ENDED},
    State.ENDED: set[State](),
}


@transaction.atomic
def save_quest(*, actor: Member, quest: Quest, changes: Mapping[str, Any]) -> Quest:
    """Make a quest (one without a primary key, a draft) or change it (keys from `QUEST_FIELDS`).

    Raises `Refused`, `Invalid`, or `Conflict` for what those who began were promised.
    """
    can_change_quests(actor).require()
    fresh = _hold(quest)
    before = values_of(fresh)
    differing = _differing(fresh, changes, QUEST_FIELDS)
    if FROZEN & set(differing) and _has_takers(fresh):
        raise _frozen(FROZEN & set(differing))
    for name in differing:
        setattr(fresh, name, changes[name])
    _check(fresh, differing)
    if differing:
        fresh.save()
        _tell(actor, fresh, changed_values(before, fresh, differing))
    return fresh


@transaction.atomic
def save_step(*, actor: Member, step: Step, changes: Mapping[str, Any]) -> Step:
    """Add a step to a quest (one without a primary key) or change it (keys from `STEP_FIELDS`).

    Raises `Refused`, `Invalid`, or `Conflict` once somebody has begun.
    """
    can_change_quests(actor).require()
    quest = _hold(step.quest)
    fresh = step if step.pk is None else Step.objects.get(pk=step.pk)
    differing = _differing(fresh, changes, STEP_FIELDS)
    if (fresh.pk is None or FROZEN_OF_STEP & set(differing)) and _has_takers(quest):
        raise _frozen(FROZEN_OF_STEP & set(differing))
    for name in differing:
        setattr(fresh, name, changes[name])
    _check_step(fresh, quest)
    if differing:
        fresh.save()
        said = {"fields": ["steps"], "before": {}, "after": {"steps": fresh.title}}
        _tell(actor, quest, said)
    return fresh


@transaction.atomic
def remove_step(*, actor: Member, step: Step) -> None:
    """Take a step out of a quest that nobody has begun. Raises `Refused` or `Conflict`."""
    can_change_quests(actor).require()
    quest = _hold(step.quest)
    if _has_takers(quest):
        raise _frozen({"rule"})
    Step.objects.filter(pk=step.pk).delete()
    _tell(actor, quest, {"fields": ["steps"], "before": {"steps": step.title}, "after": {}})


@transaction.atomic
def move_quest(*, actor: Member, quest: Quest, state: str) -> Quest:
    """Open, pause or end a quest (a `State`). Moving it where it is changes nothing.

    Raises `Refused`, `Invalid` for one without steps, or `Conflict` when it cannot go there.
    """
    can_change_quests(actor).require()
    fresh, wanted = _hold(quest), State(state)
    if fresh.state == wanted:
        return fresh
    if wanted not in MOVES[State(fresh.state)]:
        raise Conflict(
            "quest_moved_on", _("It cannot go there from where it is. What is over can be copied.")
        )
    names = ["state", "starts_on", "asks_joining"]
    before = values_of(fresh, names)
    if wanted == State.OPEN:
        _check_opening(fresh)
    fresh.state = wanted
    fresh.ended_at = timezone.now() if wanted == State.ENDED else None
    fresh.save()
    _tell(actor, fresh, changed_values(before, fresh, names))
    return fresh


@transaction.atomic
def duplicate_quest(*, actor: Member, quest: Quest) -> Quest:
    """Copy a quest with its steps as a draft without dates. Raises `Refused`."""
    can_change_quests(actor).require()
    steps = list(quest.steps.all())
    copy = Quest(key=_free_key(quest.key), state=State.DRAFT)
    for name in QUEST_FIELDS:
        setattr(copy, name, getattr(quest, name))
    copy.starts_on = copy.ends_on = None
    copy.save()
    Step.objects.bulk_create(
        Step(quest=copy, **{name: getattr(step, name) for name in STEP_FIELDS}) for step in steps
    )
    _tell(actor, copy, changed_values({}, copy, QUEST_FIELDS))
    return copy


def check_step(step: Step) -> None:
    """Refuse a step whose words, address or conditions cannot be. Raises `Invalid`, naming each field."""
    fields: dict[str, str] = {}
    if step.url and (not step.url.startswith("/") or step.url.startswith("//")):
        fields["url"] = _("Write an address of this community: it begins with /")
    if not step.rule:
        fields["rule"] = _("Say what is counted.")
    else:
        try:
            step.rule = dump(parse(step.rule))
        except RuleFault as fault:
            fields[f"rule.{fault.where}".rstrip(".")] = fault.sentence
    if fields:
        raise _unusable(fields)


def _hold(quest: Quest) -> Quest:
    """Lock a quest: nobody begins it meanwhile."""
    return quest if quest.pk is None else Quest.objects.select_for_update(of=("self",)).get(pk=quest.pk)


def _differing(row: Any, changes: Mapping[str, Any], known: tuple[str, ...]) -> list[str]:
    unknown = set(changes) - set(known)
    if unknown:
        raise ValueError(f"not fields of it: {sorted(unknown)}")
    return [name for name, value in changes.items() if row.pk is None or getattr(row, name) != value]


def _has_takers(quest: Quest) -> bool:
    return quest.pk is not None and Taking.objects.filter(quest=quest).exists()


def _check(quest: Quest, differing: list[str]) -> None:
    try:
        quest.full_clean(exclude=["host"])
    except ValidationError as error:
        raise _unusable({name: " ".join(found) for name, found in error.message_dict.items()}) from error
    if "ends_on" in differing and quest.ends_on and quest.ends_on < today():
        raise _unusable({"ends_on": _("That day is over. To end it now, choose “End”.")})
    if unknown_keys(quest.audience):
        raise _unusable({"audience": _("Choose among what is offered.")})
    paying = EarningRule.objects.in_force().filter(key=quest.rule_key, verb=QUEST_FINISHED.name)
    if quest.rule_key and not paying.exists():
        raise _unusable({"rule_key": _("Choose among what is offered.")})


def _check_step(step: Step, quest: Quest) -> None:
    check_step(step)
    if step.pk is None and quest.steps.count() >= MOST_STEPS:
        raise _unusable({"title": _("A quest has at most %(n)s steps.") % {"n": MOST_STEPS}})
    try:
        step.full_clean()
    except ValidationError as error:
        raise _unusable({name: " ".join(found) for name, found in error.message_dict.items()}) from error


def _check_opening(quest: Quest) -> None:
    if not quest.steps.exists():
        raise Invalid("quest_without_steps", _("Give it a step first: members need to know what to do."))
    if quest.ends_on and quest.ends_on < today():
        raise Invalid("quest_dates_over", _("Its last day is over. Choose a later one first."))
    if quest.is_together:
        _check_together(quest)
    rivals = Quest.objects.filter(kind=Kind.ONBOARDING, state=State.OPEN).exclude(pk=quest.pk)
    if quest.kind == Kind.ONBOARDING and rivals.exists():
        raise Conflict("onboarding_twice", _("Newcomers have first steps already. Pause those before."))
    if quest.starts_on is None and quest.kind != Kind.ONBOARDING:
        quest.starts_on = today()


def _check_together(quest: Quest) -> None:
    """Everybody's deeds are added up: one step, of one sort of things that come one by one; nobody joins."""
    steps = list(quest.steps.all())
    leaf = steps[0].tree
    counts = isinstance(leaf, Leaf) and leaf.how == How.COUNT and SOURCES[leaf.of].when and not leaf.within
    if len(steps) != 1 or not counts:
        sentence = _(
            "What is done together has one step with one condition, of things that are counted all together."
        )
        raise Invalid("quest_not_summable", sentence)
    quest.asks_joining = False


def _free_key(key: str) -> str:
    stem, number = key[:36], 2
    while Quest.objects.filter(key=f"{stem}-{number}").exists():
        number += 1
    return f"{stem}-{number}"


def _tell(actor: Member, quest: Quest, said: Mapping[str, Any]) -> None:
    record(QUEST_CHANGED, actor=actor, target=quest, payload={"quest": quest.key, **said})


def _frozen(names: Any) -> Conflict:
    sentence = _("Members have begun, and this is what they were told. Copy it to change it.")
    return Conflict("quest_begun", sentence, fields=dict.fromkeys(sorted(names), sentence))


def _unusable(fields: dict[str, str]) -> Invalid:
    return Invalid("quest_unusable", _("Some fields need another look."), fields=fields)
