"""What must be true for a rule to pay: typed values kept as JSON. A condition to come (a segment) is a field more here and a check in `earning/misses.py`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

_CURRENCY, _PAIR = re.compile(r"[A-Z]{3}"), re.compile(r"[a-z][a-z0-9_]{0,39}=[^\x00-\x1f]{0,120}")
HIGHEST_TRUST, MOST_HELPED = 4, 100
# Of an event of the brand: minor units of a currency, and points that one event gives at most.
MOST_MONEY, MOST_POINTS = 10**12, 1_000_000


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must be true for a rule to pay. Empty means: no condition.

    `helped_by`: so many distinct members, of `giver_trust` at least, found the post helpful.
    Of events of the brand: which types, from which amount on (minor units of `currency`), with which attributes (`name=value`).
    `per_amount` makes a rule pay its points for each full so much, `most_points` at most for one event.
    """

    thread_kinds: tuple[str, ...] = ()
    reaction_kinds: tuple[str, ...] = ()
    space_ids: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    once: bool = False
    giver_trust: int = 0
    member_trust: int = 0
    helped_by: int = 0
    by_asker: bool = False
    not_asker: bool = False
    event_types: tuple[str, ...] = ()
    currency: str = ""
    least_amount: int = 0
    per_amount: int = 0
    most_points: int = 0
    attributes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: Any) -> Self:
        """Read conditions from JSON. Raises `ValidationError` at an unknown name or a wrong type."""
        if not isinstance(data, dict):
            raise ValidationError(_("Conditions are written as {name: value}."), code="conditions")
        known = {field.name: field for field in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in data.items():
            if name not in known:
                raise ValidationError(
                    _("There is no condition “%(name)s”."), code="conditions", params={"name": name}
                )
            values[name] = tuple(value) if isinstance(value, list) else value
            if not _fits(values[name], getattr(cls(), name), name):
                raise ValidationError(
                    _("The condition “%(name)s” has a value of another kind."),
                    code="conditions",
                    params={"name": name},
                )
        return cls(**values)

    @property
    def asks_for_place(self) -> bool:
        """Whether it matters where something was written, or under which topics."""
        return bool(self.space_ids or self.tags)

    def fits_place(self, space_id: int, tags: Iterable[str]) -> bool:
        """Return whether a space is one of those asked for, and one topic is (every word that means it counts)."""
        return (not self.space_ids or space_id in self.space_ids) and (
            not self.tags or not set(self.tags).isdisjoint(tags)
        )

    def as_json(self) -> dict[str, Any]:
        """Return what `parse` reads: only what differs from no condition."""
        plain = type(self)()
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in pairs
            if value != getattr(plain, name)
        }


_MOST = {
    "giver_trust": HIGHEST_TRUST,
    "member_trust": HIGHEST_TRUST,
    "helped_by": MOST_HELPED,
    "least_amount": MOST_MONEY,
    "per_amount": MOST_MONEY,
    "most_points": MOST_POINTS,
}
# What is asked of events of the brand, and what of posts: a rule asks one or the other.
OF_EVENTS = ("event_types", "currency", "least_amount", "per_amount", "most_points", "attributes")
OF_BOTH = ("once", "member_trust")


def _fits(value: Any, default: Any, name: str) -> bool:
    if type(value) is not type(default):
        return False
    return not isinstance(value, tuple) or all(
        type(v) is (int if name == "space_ids" else str) for v in value
    )


def check_conditions(value: Any) -> None:
    """Raise unless `value` can be read as conditions whose numbers make sense."""
    conditions = Conditions.parse(value)
    for name, most in _MOST.items():
        if not 0 <= getattr(conditions, name) <= most:
            raise ValidationError(
                _("The condition “%(name)s” has a value of another kind."),
                code="conditions",
                params={"name": name},
            )


def wrong_for(verb: str, conditions: dict[str, Any]) -> "str | Promise":
    """Say what conditions ask that a verb cannot answer, or need to ask; nothing when they fit."""
    asked = {name for name, value in conditions.items() if value}
    if verb != "brand_event.arrived":
        return _("This is asked of brand events only.") if asked & set(OF_EVENTS) else ""
    if asked - {*OF_EVENTS, *OF_BOTH}:
        return _("This is asked of posts and marks, not of brand events.")
    if "event_types" not in asked:
        return _("Choose at least one type of brand event.")
    if asked & {"least_amount", "per_amount"} and not _CURRENCY.fullmatch(
        str(conditions.get("currency", ""))
    ):
        return _("Amounts are of one currency: three letters, such as EUR.")
    if any(not _PAIR.fullmatch(str(pair)) for pair in conditions.get("attributes", ())):
        return _("An attribute is written name=value.")
    return ""
