"""How far members are in the steps of a quest: the rules of badges, counted within the time that is theirs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rewards.badges.rules.measuring import Ask, Holder, measure, measure_some
from rewards.badges.rules.sources import SOURCES
from rewards.badges.rules.tree import Group, Leaf, Rule, holds, leaves_of
from rewards.badges.rules.words import line_of
from rewards.quests.models import Quest, Step

Counted = Mapping[Ask, Mapping[Holder, int]]


@dataclass(frozen=True, slots=True)
class Far:
    """How far a member is in one step."""

    have: int = 0
    is_done: bool = False


def windowed(rule: Rule, since: dt.date | None, until: dt.date | None) -> Rule:
    """Return a rule narrowed to some days (UTC, both included). What has no date (a picture, a level) counts as it is."""
    if isinstance(rule, Group):
        return Group(rule.join, tuple(windowed(part, since, until) for part in rule.parts))
    if not SOURCES[rule.of].when:
        return rule
    # Days are written so that the later one is also the greater text.
    first = max(rule.since, since.isoformat() if since else "")
    last = min(filter(None, (rule.until, until.isoformat() if until else "")), default="")
    return replace(rule, since=first, until=last)


def touched_by(steps: Iterable[Step]) -> set[str]:
    """Return the sources that steps count."""
    return {leaf.of for step in steps if step.tree for leaf in leaves_of(step.tree)}


def count_steps(
    quest: Quest, steps: Iterable[Step], began: Mapping[int, dt.date | None]
) -> dict[int, dict[int, Far]]:
    """Return how far members are, by member and step, in one statement. `began` says from which day each one's deeds count."""
    days: dict[dt.date | None, list[int]] = defaultdict(list)
    for member_id, day in began.items():
        days[day].append(member_id)
    rules = {
        (day, step.pk): windowed(step.tree, day, quest.ends_on) for day in days for step in steps if step.tree
    }
    wanted: dict[Ask, set[int]] = defaultdict(set)
    for (day, _step), rule in rules.items():
        for leaf in leaves_of(rule):
            wanted[Ask(leaf.asked)].update(days[day])
    counted = measure_some(wanted)
    found: dict[int, dict[int, Far]] = {member_id: {} for member_id in began}
    for (day, step_id), rule in rules.items():
        for member_id in days[day]:
            far = _far(rule, counted, member_id)
            found[member_id][step_id] = (
                _part(rule, counted, member_id, quest.floor) if quest.is_together else far
            )
    return found


def _far(rule: Rule, counted: Counted, member_id: int) -> Far:
    def have(leaf: Leaf) -> int:
        return counted[Ask(leaf.asked)].get((member_id, ""), 0)

    return Far(line_of(rule, {}, have).have, holds(rule, have))


def _part(rule: Rule, counted: Counted, member_id: int, floor: int) -> Far:
    """Return what a member brought to a goal of all: everything that counts, not only what a number asks."""
    brought = sum(counted[Ask(leaf.asked)].get((member_id, ""), 0) for leaf in leaves_of(rule))
    return Far(brought, brought >= floor)


def everybody_with_something(quest: Quest, steps: Iterable[Step]) -> set[int]:
    """Return who has done anything of what a quest counts, within its dates."""
    asks = {
        Ask(leaf.asked)
        for step in steps
        if step.tree
        for leaf in leaves_of(windowed(step.tree, quest.starts_on, quest.ends_on))
    }
    return {member_id for ask in asks for member_id, _term in measure(ask)}
