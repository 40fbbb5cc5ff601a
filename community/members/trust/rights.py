"""What each level opens. The feature that asks for a level says so here, beside its rule, so that the page is true."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from community.limits import Rate, all_limits
from community.members.trust.marks import HIGHEST
from community.members.trust.words import say_rate
from community.numbers.number import ByTrust, all_numbers


@dataclass(frozen=True, slots=True)
class Right:
    """Something that opens at a level: the level in force, which a manager may have changed, and a sentence."""

    key: str
    level: Callable[[], int]
    words: str | Promise


@dataclass(frozen=True, slots=True)
class Widening:
    """A limit that grows: what it limits, and how much each level may."""

    title: str
    by_level: tuple[str, ...]


_rights: dict[str, Right] = {}


def add_right(key: str, level: Callable[[], int], words: str | Promise) -> None:
    """Say what a level opens; called when the apps are ready."""
    _rights[key] = Right(key, level, words)


def rights_at(level: int) -> list[str]:
    """Return what opens exactly at a level."""
    return [str(right.words) for right in _rights.values() if right.level() == level]


def widenings() -> list[Widening]:
    """Return every limit that is not the same for all levels, as it is in force."""
    counts = [
        Widening(str(number.title), _each(tuple(number.unit.say(n) for n in number.in_force())))
        for number in all_numbers()
        if isinstance(number, ByTrust) and len(set(number.in_force())) > 1
    ]
    rates = [
        Widening(str(limit.what), _each(tuple(_said(limit.rates_for(level)) for level in range(4))))
        for limit in all_limits()
        if limit.what and len({limit.rates_for(level) for level in range(4)}) > 1
    ]
    return counts + sorted(rates, key=lambda one: one.title)


def _each(four: tuple[str, ...]) -> tuple[str, ...]:
    """The fourth level has what the third has."""
    return (*four, *four[-1:] * (HIGHEST + 1 - len(four)))


def _said(rates: tuple[Rate, ...]) -> str:
    return ", ".join(say_rate(rate) for rate in rates)
