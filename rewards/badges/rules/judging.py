"""Who deserves a badge, from what was measured: the same few lines for one member, for everybody and for the live count."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from rewards.badges.models import Badge
from rewards.badges.rules.measuring import Ask, Holder, reached_at
from rewards.badges.rules.tree import Leaf, Rule, holds, leaves_of, moment

# How far each (member, term) is in what was asked.
Counted = dict[Holder, int]
Moments = dict[Holder, dt.datetime | None]


def sources_of(badge: Badge) -> set[str]:
    """Return what the rule of a badge counts."""
    tree = badge.tree
    return {leaf.of for leaf in leaves_of(tree)} if tree else set()


def asks_of(badge: Badge) -> list[Ask]:
    """Return what has to be measured for a badge."""
    tree = badge.tree
    return asks_in(tree, badge.every) if tree else []


def asks_in(rule: Rule, every: str = "") -> list[Ask]:
    """Return what has to be measured for a rule, each once."""
    return list(dict.fromkeys(Ask(leaf.asked, every) for leaf in leaves_of(rule)))


def deserved(badge: Badge, counted: Mapping[Ask, Counted]) -> set[Holder]:
    """Return who has done what a badge asks, and in which term."""
    tree = badge.tree
    return meeting(tree, badge.every, counted) if tree else set()


def meeting(rule: Rule, every: str, counted: Mapping[Ask, Counted]) -> set[Holder]:
    """Return who meets a rule, and in which term. Nobody does who has done nothing of it."""
    candidates = {holder for ask in asks_in(rule, every) for holder in counted[ask]}
    return {holder for holder in candidates if holds(rule, _have(holder, every, counted))}


def _have(holder: Holder, every: str, counted: Mapping[Ask, Counted]) -> Callable[[Leaf], int]:
    return lambda leaf: counted[Ask(leaf.asked, every)].get(holder, 0)


def value_of(badge: Badge, holder: Holder, counted: Mapping[Ask, Counted]) -> int:
    """Return how much was counted: of the first thing a rule asks."""
    first = asks_of(badge)[0]
    return counted[first].get(holder, 0)


def reached(badge: Badge, holders: Iterable[Holder]) -> dict[Holder, dt.datetime]:
    """Return since when those who meet a rule do, as far as it was written down."""
    tree, wanted = badge.tree, set(holders)
    if tree is None:
        return {}
    since = {
        leaf: reached_at(leaf, badge.every, {pk for pk, _term in wanted}) for leaf in set(leaves_of(tree))
    }
    found = {holder: moment(tree, _since(holder, since)) for holder in wanted}
    return {holder: at for holder, at in found.items() if at is not None}


def _since(holder: Holder, since: Mapping[Leaf, Moments]) -> Callable[[Leaf], dt.datetime | None]:
    return lambda leaf: since[leaf].get(holder)
