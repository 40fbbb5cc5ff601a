"""Rules in words, made from their trees in the reader's language: what is counted, how, and how far the reader is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from community.members.models import Member
from community.spaces.models import Kind, Space
from community.threads.models import ReactionKind
from rewards.badges.rules.sources import SOURCES
from rewards.badges.rules.tree import How, Leaf, Rule, leaves_of

Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One condition in words with how far its reader is; of a group, how its parts are joined."""

    words: str
    have: int
    number: int
    join: str = ""
    parts: tuple["Line", ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether it is enough."""
        return self.have >= self.number

    @property
    def share(self) -> float:
        """How much of the way is done, for finding the nearest."""
        if self.join == "any":
            return max(part.share for part in self.parts)
        if self.join:
            return sum(part.share for part in self.parts) / len(self.parts)
        return min(self.have / self.number, 1.0)


def space_names(viewer: Member | None, rules: Iterable[Rule]) -> Names:
    """Return the names of the spaces that rules speak of, of those the viewer may know. No statement where there are none."""
    wanted = {pk for rule in rules for leaf in leaves_of(rule) for pk in leaf.spaces}
    if not wanted:
        return {}
    return dict(Space.objects.visible_to(viewer).filter(pk__in=wanted).values_list("pk", "name"))


def say_rule(rule: Rule, names: Names, *, nested: bool = False) -> str:
    """Say a whole rule in one line: "Answers accepted: 10 and Posts written · In different weeks: 4"."""
    if isinstance(rule, Leaf):
        return say_leaf(rule, names)
    word = _("and") if rule.join == "all" else _("or")
    sentence = f" {word} ".join(say_rule(part, names, nested=True) for part in rule.parts)
    return f"({sentence})" if nested else sentence


def say_leaf(leaf: Leaf, names: Names) -> str:
    """Say one condition, with its number where there is more than yes and no."""
    what = say_what(leaf, names)
    if SOURCES[leaf.of].most == 1:
        return what
    return _("%(what)s: %(number)s") % {"what": what, "number": leaf.number}


def say_what(leaf: Leaf, names: Names) -> str:
    """Say what a condition counts and what narrows it."""
    parts = [str(SOURCES[leaf.of].words)]
    if leaf.how != How.COUNT:
        parts.append(str(How(leaf.how).label))
    if leaf.spaces:
        known = [names[pk] for pk in leaf.spaces if pk in names]
        parts.append(", ".join(known) or _("In a space you do not see"))
    parts += [str(Kind(kind).label) for kind in leaf.kinds]
    parts += [f"“{ReactionKind(kind).label}”" for kind in leaf.reactions]
    if leaf.tags:
        parts.append(", ".join(f"#{tag}" for tag in leaf.tags))
    if leaf.within:
        parts.append(_("within days: %(n)s") % {"n": leaf.within})
    if leaf.since:
        parts.append(_("since %(day)s") % {"day": leaf.since})
    if leaf.until:
        parts.append(_("until %(day)s") % {"day": leaf.until})
    return " · ".join(parts)


def line_of(rule: Rule, names: Names, have: Callable[[Leaf], int]) -> Line:
    """Return a rule as lines: of "all of", how many of its parts are met; of "one of", the part that is nearest."""
    if isinstance(rule, Leaf):
        return Line(say_what(rule, names), min(have(rule), rule.number), rule.number)
    parts = tuple(line_of(part, names, have) for part in rule.parts)
    if rule.join == "all":
        return Line(_("All of these"), sum(part.is_met for part in parts), len(parts), "all", parts)
    best = max(parts, key=lambda part: part.share)
    return Line(_("One of these"), best.have, best.number, "any", parts)
