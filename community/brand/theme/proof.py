"""Which colours meet on a page, what contrast each pair needs, and what a palette gives."""

from collections.abc import Iterator
from typing import NamedTuple

from community.brand.theme.colour import ratio
from community.brand.theme.palette import STATES, Palette
from community.brand.theme.solve import MARK, TEXT

STRONG = 7.0
GROUNDS = ("page", "surface", "sunken")


class Pair(NamedTuple):
    """A colour, the ground it stands on, and the least contrast between them."""

    over: str
    ground: str
    needs: float


class Reading(NamedTuple):
    """A pair and the contrast a palette gives it."""

    pair: Pair
    ratio: float

    @property
    def holds(self) -> bool:
        """Whether the contrast is enough."""
        return self.ratio >= self.pair.needs


def _on_grounds() -> Iterator[Pair]:
    for ground in GROUNDS:
        yield Pair("ink", ground, STRONG)
        for text in ("ink-2", "ink-3", "brand-text", "gold-text"):
            yield Pair(text, ground, TEXT)
        for mark in ("control", "focus", "brand-mark", "gold-mark"):
            yield Pair(mark, ground, MARK)
        for state in STATES:
            yield Pair(f"{state}-text", ground, TEXT)
            yield Pair(f"{state}-mark", ground, MARK)


def _on_tints() -> Iterator[Pair]:
    for tint in ("brand", "gold"):
        yield Pair(f"{tint}-text", f"{tint}-soft", TEXT)
        yield Pair("ink", f"{tint}-soft", STRONG)
        yield Pair("ink-2", f"{tint}-soft", TEXT)
    for state in STATES:
        yield Pair(f"{state}-text", f"{state}-soft", TEXT)
        yield Pair("ink", f"{state}-soft", STRONG)


def _on_fills() -> Iterator[Pair]:
    yield Pair("on-brand", "brand", TEXT)
    yield Pair("on-brand", "brand-hover", TEXT)
    yield Pair("on-gold", "gold", TEXT)
    for deep in ("deep", "deep-2"):
        yield Pair("on-deep", deep, STRONG)
        yield Pair("on-deep-2", deep, TEXT)
        yield Pair("gold-on-deep", deep, TEXT)


PAIRS: tuple[Pair, ...] = (*_on_grounds(), *_on_tints(), *_on_fills())


def audit(colours: Palette) -> list[Reading]:
    """Measure every pair of a palette."""
    return [Reading(pair, ratio(colours[pair.over], colours[pair.ground])) for pair in PAIRS]
