"""Plots drawn here: numbers in, the geometry of an SVG out. No style and no script, and beside each stands a table that says the same.

    {% include "admin/plot.html" with plot=page.awards %}

The drawing is stretched to its place (`preserveAspectRatio="none"`), so it holds no text: scale and days stand around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 160
# How much of its place a column takes.
_FULL = 0.8


@dataclass(frozen=True, slots=True)
class Column:
    """One column, in the units of the drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Plot:
    """What an SVG shows: columns, or a line with the area beneath it. `top` is the number at its upper edge."""

    columns: tuple[Column, ...] = ()
    line: str = ""
    area: str = ""
    top: int = 0
    first: str = ""
    last: str = ""
    width: int = WIDTH
    height: int = HEIGHT


def columns_of(values: Sequence[int], *, first: str = "", last: str = "") -> Plot:
    """Draw a column for each value; what is below zero is drawn as nothing."""
    top = round_top(max(values, default=0))
    step = WIDTH / max(len(values), 1)
    drawn = []
    for place, value in enumerate(values):
        height = round(max(value, 0) / top * HEIGHT, 2)
        x = round(place * step + step * (1 - _FULL) / 2, 2)
        drawn.append(Column(x, round(HEIGHT - height, 2), round(step * _FULL, 2), height))
    return Plot(columns=tuple(drawn), top=top, first=first, last=last)


def line_of(values: Sequence[int], *, first: str = "", last: str = "") -> Plot:
    """Draw a line through the values, from edge to edge."""
    top = round_top(max(values, default=0))
    step = WIDTH / max(len(values) - 1, 1)
    points = [
        f"{round(place * step, 2)},{round(HEIGHT - max(value, 0) / top * HEIGHT, 2)}"
        for place, value in enumerate(values)
    ]
    line = " ".join(points)
    return Plot(
        line=line,
        area=f"0,{HEIGHT} {line} {WIDTH},{HEIGHT}" if points else "",
        top=top,
        first=first,
        last=last,
    )


def round_top(most: int) -> int:
    """Return the next of 1, 2, 5, 10, 20, 50 … that is not less: the number at the upper edge of a plot."""
    top = 1
    while top < most:
        top = next(
            step * 10 ** (len(str(top)) - 1) for step in (2, 5, 10) if step * 10 ** (len(str(top)) - 1) > top
        )
    return top
