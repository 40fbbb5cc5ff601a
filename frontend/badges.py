"""Draw the badge pictures into static/badges: a family gives the shape and colour, a level the rings, a glyph the deed.

python frontend/badges.py
"""

import math
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "static" / "badges"


def lobes(count: int, radius: float, swing: float) -> str:
    """Return a rounded outline with `count` lobes."""
    points = []
    for degree in range(0, 360, 4):
        angle = math.radians(degree)
        reach = radius + swing * math.cos(count * angle)
        points.append(f"{40 + reach * math.sin(angle):.1f} {40 - reach * math.cos(angle):.1f}")
    return "M" + "L".join(points) + "z"


def polygon(count: int, radius: float, turn: float = 0) -> str:
    """Return a regular outline with `count` corners."""
    corners = [math.radians(turn + 360 / count * corner) for corner in range(count)]
    return (
        "M"
        + "L".join(f"{40 + radius * math.sin(at):.1f} {40 - radius * math.cos(at):.1f}" for at in corners)
        + "z"
    )


def star(outer: float, inner: float) -> str:
    """Return a star of five points."""
    points = [(outer if at % 2 == 0 else inner, math.radians(36 * at)) for at in range(10)]
    return "M" + "L".join(f"{40 + r * math.sin(a):.1f} {40 - r * math.cos(a):.1f}" for r, a in points) + "z"


def rays(inner: float, outer: float, count: int) -> str:
    """Return short strokes around the middle."""
    angles = [2 * math.pi * at / count for at in range(count)]
    return "".join(
        f'<path d="M{40 + inner * math.cos(a):.1f} {40 + inner * math.sin(a):.1f}L{40 + outer * math.cos(a):.1f} {40 + outer * math.sin(a):.1f}"/>'
        for a in angles
    )


# Outline, fill and ink of each family: helping, shaping the product, making, gathering people, time.
FAMILIES = {
    "help": (lobes(10, 34, 2.4), "#1c6b57", "#ffe2a8"),
    "shape": (polygon(6, 36), "#2f5a8c", "#dcecff"),
    "make": (lobes(5, 33, 3.6), "#c2532b", "#fff0da"),
    "gather": (lobes(3, 32.5, 3.2), "#6b4588", "#f5e3ff"),
    "time": (polygon(8, 36, 22.5), "#8a6210", "#fff1c9"),
}

# g: filled with ink. k: a stroke in the fill colour. s: a stroke in ink. w: a veil of the fill colour.
GLYPHS = {
    "answer": '<path class="g" d="M28 34.5a12 10 0 0 1 24 0c0 5.5-5.4 10-12 10-1.5 0-2.9-.2-4.2-.6L29.5 47l1.7-5.2c-2-1.9-3.2-4.4-3.2-7.3z"/><path class="k" d="m35 34.6 3.6 3.4 6.6-6.6"/>',
    "ask": '<path class="g" d="M28 34.5a12 10 0 0 1 24 0c0 5.5-5.4 10-12 10-1.5 0-2.9-.2-4.2-.6L29.5 47l1.7-5.2c-2-1.9-3.2-4.4-3.2-7.3z"/><path class="k" d="M37.4 32.2a2.8 2.8 0 1 1 3.9 2.6c-.9.4-1.3.9-1.3 1.9M40 39.6v.01"/>',
    "trail": '<path class="g" d="M26 50 36 31l6 9 4-6 9 16z"/><path class="w" d="m36 31 3.5 6.5-3.3 2.4-3.7-2.4z"/>',
    "hammer": '<path class="g" d="M29 33h13l4 4-4 4H29zM35 41h4.5v12H35z"/>',
    "sun": '<circle class="g" cx="40" cy="40" r="7"/><g class="s">' + rays(11, 15, 8) + "</g>",
    "hand": '<circle class="g" cx="33" cy="34.5" r="4.6"/><circle class="g" cx="47" cy="34.5" r="4.6"/><path class="g" d="M25.5 49c0-5 3.4-8 7.5-8s7.5 3 7.5 8zM39.5 49c0-5 3.4-8 7.5-8s7.5 3 7.5 8z"/>',
    "star": f'<path class="g" d="{star(13, 5.6)}"/>',
    "ring": '<circle class="s" cx="40" cy="40" r="13"/><path class="s" d="M40 27a13 13 0 0 1 11.3 19.5"/><circle class="g" cx="40" cy="40" r="3.6"/>',
    "tent": '<path class="g" d="m24 50 16-22 16 22z"/><path class="w" d="m40 37 8 13H32z"/>',
    "heart": '<path class="g" d="M40 52 28.6 40.8a7 7 0 0 1 0-10 7 7 0 0 1 10 0L40 32.2l1.4-1.4a7 7 0 0 1 10 0 7 7 0 0 1 0 10z"/>',
    "idea": '<path class="g" d="M40 27a10.4 10.4 0 0 0-6.2 18.8c1.2.9 1.8 2 1.8 3.2h8.8c0-1.2.6-2.3 1.8-3.2A10.4 10.4 0 0 0 40 27z"/><path class="s" d="M36.8 53.2h6.4"/>',
    "flag": '<path class="s" d="M31 54V28"/><path class="g" d="M32 28.6c7-3.2 11 3.2 19 0v15c-8 3.2-12-3.2-19 0z"/>',
    "pen": '<path class="g" d="m28 52 1.6-7.2 16-16a3.8 3.8 0 0 1 5.4 5.4l-16 16z"/><path class="k" d="m43 32 5 5"/>',
    "lamp": '<path class="g" d="M32 42h16l3 10H29zM27 42l13-12 13 12z"/><path class="s" d="M40 30v-4"/>',
    "compass": '<circle class="s" cx="40" cy="40" r="13.5"/><path class="g" d="m46 34-3.6 8.4L34 46l3.6-8.4z"/>',
    "loop": '<path class="s" d="M50.5 36A11.5 11.5 0 1 0 51 43M51 29.5v7h-7"/>',
    "book": '<path class="s" d="M40 32c-3-2.5-7-3.3-12-3v19c5-.3 9 .5 12 3 3-2.5 7-3.3 12-3V29c-5-.3-9 .5-12 3zM40 32v19"/>',
    "sprout": '<path class="s" d="M40 54V40"/><path class="g" d="M40 42c0-7 4-11 12-11 0 8-5 11-12 11zM40 46c0-6-4-9.5-11-9.5 0 7 4.5 9.5 11 9.5z"/>',
}

# The badges a new community starts with: file name, family, glyph, level.
BADGES = (
    ("first-question", "help", "ask", 1),
    ("first-answer", "help", "answer", 1),
    ("first-solved", "help", "answer", 2),
    ("ten-solved", "help", "trail", 2),
    ("fifty-solved", "help", "trail", 3),
    ("helpful", "help", "heart", 1),
    ("first-idea", "shape", "idea", 1),
    ("idea-planned", "shape", "flag", 2),
    ("idea-shipped", "shape", "hammer", 3),
    ("good-question", "make", "star", 1),
    ("storyteller", "make", "pen", 1),
    ("first-light", "make", "sun", 2),
    ("welcome", "gather", "hand", 1),
    ("greeter", "gather", "lamp", 2),
    ("one-month", "time", "sprout", 1),
    ("one-year", "time", "ring", 1),
    ("five-years", "time", "ring", 3),
    ("field-tester", "gather", "tent", 1),
    ("twenty-five-solved", "help", "answer", 3),
    ("good-neighbour", "gather", "heart", 1),
    ("hundred-helped", "gather", "heart", 3),
    ("worth-keeping", "make", "book", 1),
    ("lamp-left-on", "make", "lamp", 2),
    ("well-travelled", "shape", "compass", 2),
    ("loop-closed", "shape", "loop", 1),
    ("warm-welcome", "gather", "hand", 2),
    ("good-deed", "time", "star", 1),
)


def badge(family: str, glyph: str, level: int) -> str:
    """Return one badge as a picture of 80 by 80. Attributes, not a style element, so that no policy can take its colours."""
    outline, fill, ink = FAMILIES[family]
    stroke = 'fill="none" stroke-linecap="round" stroke-linejoin="round" stroke-width="3"'
    looks = {
        "b": f'fill="{fill}"',
        "r": f'fill="none" stroke="{ink}" stroke-opacity=".55" stroke-width="1.3"',
        "g": f'fill="{ink}"',
        "k": f'{stroke} stroke="{fill}"',
        "s": f'{stroke} stroke="{ink}"',
        "w": f'fill="{fill}" fill-opacity=".55"',
    }
    rings = "".join(
        f'<path class="r" d="{outline}" transform="translate(40 40) scale({0.86 - ring * 0.09:.2f}) translate(-40 -40)"/>'
        for ring in range(level)
    )
    drawing = f'<path class="b" d="{outline}"/>{rings}{GLYPHS[glyph]}'
    for name, look in looks.items():
        drawing = drawing.replace(f'class="{name}"', look)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80" width="160" height="160">{drawing}</svg>\n'


def main() -> None:
    """Write every badge."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, family, glyph, level in BADGES:
        (OUT / f"{name}.svg").write_text(badge(family, glyph, level), "utf-8")


if __name__ == "__main__":
    main()
