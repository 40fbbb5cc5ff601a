"""`Number`: how long, how many. Declared in the `limits.py` of the feature that obeys it, called to read the value in force.

    NEW_FOR = Number(
        "threads.new_days", _("How long a thread counts as new"), _("…"), default=14, least=1, most=365, unit=Unit.DAYS
    )
    NEW_FOR()       # 14, or what a manager chose
    NEW_FOR.span()  # the same as a timedelta

What a database column, the renderer or the safety of the site decides is not a number: it stays a constant beside these.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.limits import Limit, all_limits, parse_rates
from community.numbers.memory import chosen
from community.numbers.units import Unit, with_groups

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

# What a row holds: one number, one per trust level, or one text of rates per trust level.
Value = int | tuple[int, ...] | tuple[str, ...]

_declared: "dict[str, Number | ByTrust]" = {}
# The first word of a name is its feature's; these are called otherwise.
_FEATURES = {"api": "integrations", "rooms": "messages"}
RATES = "rates."
LONGEST_TEXT = 80
LONGEST_NUMBER = 9

One = TypeVar("One")


class Unusable(Invalid):
    """A value that cannot be used for a number; of several, `places` says which."""

    def __init__(self, sentence: str, places: tuple[int, ...] = (0,)) -> None:
        super().__init__("number_unusable", sentence)
        self.places = places


@dataclass(frozen=True, slots=True)
class Number:
    """A number that managers may change. `setting` names a setting that gives the default of this machine."""

    key: str
    title: "_StrOrPromise"
    why: "_StrOrPromise"
    default: int
    least: int
    most: int
    unit: Unit = Unit.COUNT
    setting: str = ""

    def __post_init__(self) -> None:
        _declare(self)

    def __call__(self) -> int:
        """Return the number in force."""
        value = chosen(self.key)
        return self.usual if value is None else value

    def span(self) -> dt.timedelta:
        """Return the number in force as time."""
        return self.unit.span(self())

    @property
    def usual(self) -> int:
        """The number in force while no manager chose another."""
        return int(getattr(settings, self.setting)) if self.setting else self.default

    def in_force(self) -> int:
        """Return the number in force."""
        return self()

    def read(self, raw: object) -> int:
        """Return what was typed or stored as a number of the allowed range. Raises `Unusable`."""
        return _whole(raw, self.least, self.most)


@dataclass(frozen=True, slots=True)
class ByTrust:
    """A number for each trust level 0, 1, 2, 3 and above, that managers may change."""

    key: str
    title: "_StrOrPromise"
    why: "_StrOrPromise"
    default: tuple[int, int, int, int]
    least: int
    most: int
    unit: Unit = Unit.COUNT

    def __post_init__(self) -> None:
        _declare(self)

    def __call__(self, trust_level: int) -> int:
        """Return the number in force for a trust level."""
        return self.in_force()[min(max(trust_level, 0), 3)]

    @property
    def usual(self) -> tuple[int, ...]:
        """The numbers in force while no manager chose others."""
        return self.default

    def in_force(self) -> tuple[int, ...]:
        """Return the numbers in force."""
        return chosen(self.key) or self.default

    def read(self, raw: object) -> tuple[int, ...]:
        """Return what was typed or stored as four numbers of the allowed range. Raises `Unusable`."""
        return _each(raw, 4, lambda one: _whole(one, self.least, self.most))


@dataclass(frozen=True, slots=True)
class Rates:
    """How often: a `Limit` as managers see it."""

    limit: Limit

    @property
    def key(self) -> str:
        """Its name among the numbers."""
        return RATES + self.limit.name

    @property
    def title(self) -> "_StrOrPromise":
        """What is counted, in words."""
        return self.limit.what or self.limit.name

    @property
    def why(self) -> str:
        """The same for all rates is said once where they are shown."""
        return ""

    @property
    def usual(self) -> tuple[str, ...]:
        """The texts in force while no manager chose others."""
        return self.limit.usual

    def in_force(self) -> tuple[str, ...]:
        """Return the texts in force."""
        return chosen(self.key) or self.usual

    def read(self, raw: object) -> tuple[str, ...]:
        """Return what was typed or stored as texts of rates. Raises `Unusable`."""
        return _each(raw, len(self.limit.by_trust), _rates)


Editable = Number | ByTrust | Rates


def all_numbers() -> Iterator[Editable]:
    """Return every declared number, then every limit."""
    yield from _declared.values()
    yield from (Rates(limit) for limit in all_limits())


def find_number(key: str) -> Editable | None:
    """Return a number by its key, or None."""
    if not key.startswith(RATES):
        return _declared.get(key)
    return next((Rates(limit) for limit in all_limits() if RATES + limit.name == key), None)


def feature_of(number: Editable) -> str:
    """Return the name of the feature that obeys a number."""
    first = number.key.removeprefix(RATES).partition(".")[0]
    return _FEATURES.get(first, first)


def _declare(number: "Number | ByTrust") -> None:
    if number.key in _declared:
        raise RuntimeError(f"number {number.key!r} is declared twice")
    _declared[number.key] = number


def _whole(raw: object, least: int, most: int) -> int:
    text = str(raw).strip()
    is_whole = not isinstance(raw, bool) and text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    if not is_whole or not least <= int(text) <= most:
        raise Unusable(
            _("Write a whole number from %(least)s to %(most)s.")
            % {"least": with_groups(least), "most": with_groups(most)}
        )
    return int(text)


def _rates(raw: object) -> str:
    text = str(raw).strip()
    try:
        parse_rates(text)
    except ValueError as error:
        raise Unusable(
            _(
                "“%(piece)s” is not a rate. Write a count, a slash and s, min, h or day, with commas between several:"
                " 10/min, 60/day or 1/30s."
            )
            % {"piece": str(error)[:40]}
        ) from error
    if len(text) > LONGEST_TEXT:
        raise Unusable(_("Write at most %(n)d characters.") % {"n": LONGEST_TEXT})
    return ",".join(piece.strip() for piece in text.split(",") if piece.strip())


def _each(raw: object, count: int, read: "Callable[[object], One]") -> "tuple[One, ...]":
    if not isinstance(raw, list | tuple) or len(raw) != count:
        raise Unusable(_("Give %(n)d values, one for each trust level.") % {"n": count})
    found, wrong = [], {}
    for place, one in enumerate(raw):
        try:
            found.append(read(one))
        except Unusable as error:
            wrong[place] = error.message
    if wrong:
        raise Unusable(" ".join(dict.fromkeys(wrong.values())), tuple(wrong))
    return tuple(found)
