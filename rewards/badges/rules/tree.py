"""The tree of a rule: leaves that count something, joined by "all of" and "one of", two levels deep at most.

There is no "not": every rule can be said in a sentence, and doing more never loses a badge.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.spaces.models import Kind
from community.threads.models import ReactionKind

MOST_LEAVES = 8
MOST_CHOSEN = 20
HIGHEST_NUMBER = 1_000_000
LONGEST_WINDOW = 3_660
_FIELDS = {"of", "how", "number", "spaces", "tags", "kinds", "reactions", "within", "since", "until"}

Join = Literal["all", "any"]


class How(TextChoices):
    """How the things of a leaf are counted."""

    COUNT = "count", gettext_lazy("All together")
    ONE_POST = "one_post", gettext_lazy("On one post")
    ONE_THREAD = "one_thread", gettext_lazy("In one thread")
    SPACES = "spaces", gettext_lazy("In different spaces")
    THREADS = "threads", gettext_lazy("In different threads")
    PEOPLE = "people", gettext_lazy("Different people")
    DAYS = "days", gettext_lazy("On different days")
    WEEKS = "weeks", gettext_lazy("In different weeks")
    MONTHS = "months", gettext_lazy("In different months")
    DAY_STREAK = "day_streak", gettext_lazy("Days in a row")
    WEEK_STREAK = "week_streak", gettext_lazy("Weeks in a row")


# These have moments of their own, so a window of days says nothing more about them.
WINDOWED = frozenset({How.COUNT, How.ONE_POST, How.ONE_THREAD})


class RuleFault(Exception):
    """A tree that cannot be a rule: where (`parts` by number, then the field) and what is the matter."""

    def __init__(self, where: str, sentence: str) -> None:
        super().__init__(sentence)
        self.where, self.sentence = where, sentence


@dataclass(frozen=True, slots=True)
class Leaf:
    """So many things of one sort, counted one way, of those that the filters let through."""

    of: str
    number: int = 1
    how: str = How.COUNT.value
    spaces: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    reactions: tuple[str, ...] = ()
    within: int = 0
    since: str = ""
    until: str = ""

    @property
    def asked(self) -> "Leaf":
        """The same whatever number is enough: what has to be measured, once for all badges that ask it."""
        return replace(self, number=1)


@dataclass(frozen=True, slots=True)
class Group:
    """Leaves and groups of which all, or any one, must hold."""

    join: Join
    parts: tuple["Leaf | Group", ...]


Rule = Leaf | Group


def leaves_of(rule: Rule) -> Iterator[Leaf]:
    """Yield the leaves, in reading order."""
    if isinstance(rule, Leaf):
        yield rule
        return
    for part in rule.parts:
        yield from leaves_of(part)


def asks_where(rule: Rule) -> bool:
    """Whether a rule looks at where something was written, or under which topics."""
    return any(leaf.spaces or leaf.tags or leaf.how == How.SPACES for leaf in leaves_of(rule))


def holds(rule: Rule, have: Callable[[Leaf], int]) -> bool:
    """Whether a rule is met by one who has `have(leaf)` of each leaf."""
    if isinstance(rule, Leaf):
        return have(rule) >= rule.number
    met = (holds(part, have) for part in rule.parts)
    return all(met) if rule.join == "all" else any(met)


def moment(rule: Rule, since: Callable[[Leaf], dt.datetime | None]) -> dt.datetime | None:
    """Return when a rule was met: the last of all, the first of any. None where nobody wrote it down."""
    if isinstance(rule, Leaf):
        return since(rule)
    known = [when for part in rule.parts if (when := moment(part, since)) is not None]
    if not known:
        return None
    return max(known) if rule.join == "all" else min(known)


def dump(rule: Rule) -> dict[str, Any]:
    """Return the tree as it is stored."""
    if isinstance(rule, Group):
        return {rule.join: [dump(part) for part in rule.parts]}
    values = {name: getattr(rule, name) for name in sorted(_FIELDS)}
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return {name: value for name, value in plain.items() if value or name == "number"}


def read(value: Any) -> Rule:
    """Return the tree that was stored; it was looked at when it was saved."""
    if "of" not in value:
        join, parts = next(iter(value.items()))
        return Group(join, tuple(read(part) for part in parts))
    fields: dict[str, Any] = {
        name: tuple(found) if isinstance(found, list) else found for name, found in value.items()
    }
    return Leaf(**fields)


def parse(value: Any) -> Rule:
    """Return the tree that somebody wrote, looked through. Raises `RuleFault` naming the part and the field."""
    rule = _parse(value, "", depth=0)
    if sum(1 for _leaf in leaves_of(rule)) > MOST_LEAVES:
        raise RuleFault("", _("A rule has at most %(n)s conditions.") % {"n": MOST_LEAVES})
    return rule


def _parse(value: Any, where: str, *, depth: int) -> Rule:
    if not isinstance(value, Mapping):
        raise RuleFault(where, _("Expected a condition."))
    if "of" in value:
        return _parse_leaf(value, where)
    if len(value) != 1 or next(iter(value)) not in ("all", "any"):
        raise RuleFault(where, _("Expected a condition."))
    join, parts = next(iter(value.items()))
    if depth > 1:
        raise RuleFault(where, _("Conditions can be grouped once, not groups in groups."))
    if not isinstance(parts, list | tuple) or not 1 <= len(parts) <= MOST_LEAVES:
        raise RuleFault(where, _("A rule has at most %(n)s conditions.") % {"n": MOST_LEAVES})
    found = tuple(_parse(part, f"{where}{n}.", depth=depth + 1) for n, part in enumerate(parts))
    return found[0] if len(found) == 1 else Group(join, found)


def _parse_leaf(value: Mapping[str, Any], where: str) -> Leaf:
    from rewards.badges.rules.sources import SOURCES

    unknown = sorted(set(value) - _FIELDS)
    if unknown:
        raise RuleFault(f"{where}{str(unknown[0])[:20]}", _("A condition has no such field."))
    source = SOURCES.get(value["of"]) if isinstance(value["of"], str) else None
    if source is None:
        raise RuleFault(f"{where}of", _("Choose what is counted."))
    how = value.get("how", How.COUNT.value)
    if how not in source.hows:
        raise RuleFault(f"{where}how", _("This cannot be counted that way."))
    leaf = Leaf(
        of=source.key,
        how=how,
        number=_number(value.get("number", 1), f"{where}number", 1, source.most),
        within=_number(value.get("within", 0), f"{where}within", 0, LONGEST_WINDOW),
        spaces=_chosen(value.get("spaces", ()), f"{where}spaces", lambda one: type(one) is int and one > 0),
        tags=_chosen(
            value.get("tags", ()), f"{where}tags", lambda one: isinstance(one, str) and 0 < len(one) <= 40
        ),
        kinds=_chosen(value.get("kinds", ()), f"{where}kinds", lambda one: one in Kind.values),
        reactions=_chosen(
            value.get("reactions", ()), f"{where}reactions", lambda one: one in ReactionKind.values
        ),
        since=_day(value.get("since", ""), f"{where}since"),
        until=_day(value.get("until", ""), f"{where}until"),
    )
    for name in ("spaces", "tags", "kinds", "reactions", "within", "since", "until"):
        if getattr(leaf, name) and name not in source.filters:
            raise RuleFault(f"{where}{name}", _("This cannot be narrowed that way."))
    if leaf.within and leaf.how not in WINDOWED:
        raise RuleFault(f"{where}within", _("This cannot be narrowed that way."))
    if leaf.since and leaf.until and leaf.since > leaf.until:
        raise RuleFault(f"{where}until", _("The end comes before the beginning."))
    return leaf


def _number(value: Any, where: str, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        sentence = _("Use a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
        raise RuleFault(where, sentence)
    return value


def _chosen(value: Any, where: str, fits: Callable[[Any], bool]) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple) or len(value) > MOST_CHOSEN:
        raise RuleFault(where, _("Choose at most %(n)s.") % {"n": MOST_CHOSEN})
    if not all(isinstance(one, str | int) and fits(one) for one in value):
        raise RuleFault(where, _("Choose among what is offered."))
    return tuple(sorted(set(value)))


def _day(value: Any, where: str) -> str:
    if value == "":
        return ""
    try:
        return dt.date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise RuleFault(where, _("Write the day like 2026-01-31.")) from None
