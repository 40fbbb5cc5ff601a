"""Draw the badge pictures into static/badges: a family gives the shape and colour, a metal the rim and the rings, a glyph the deed.

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

# g: filled with ink. h: a hole of the fill colour. k: a stroke in the fill colour. s: a stroke in ink. w: a veil of the fill colour.
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
    "door": '<path class="g" d="M31 53V29a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v24z"/><circle class="h" cx="45" cy="41" r="1.7"/><path class="s" d="M27 53.5h26"/>',
    "talk": '<path class="g" d="M26 33a9 7.6 0 0 1 18 0c0 4.2-4 7.6-9 7.6-1.1 0-2.2-.2-3.2-.5L27.4 42.500l1.200-4c-1.600-1.500-2.600-3.300-2.600-5.500z"/><path class="g" d="M55 43.500a8.500 7 0 0 0-9-6.800 10 10 0 0 1-9.400 7.300c.5 3.600 4.300 6.400 9 6.400 1 0 2-.1 2.900-.4l4.200 2.300-1-3.700c2-1.300 3.300-3.100 3.300-5.100z"/>',
    "bridge": '<path class="s" d="M25 47c6-14 24-14 30 0M31 47v5M40 36.500V52M49 47v5M24 52h32"/>',
    "steps": '<path class="g" d="M26 53v-6h7v-6h7v-6h7v-6h7v24z"/>',
    "ballot": '<path class="g" d="M28 40h24v13H28z"/><path class="s" d="M34 40V28h12v12"/><path class="k" d="M35 46.500h10"/>',
    "sprout": '<path class="s" d="M40 54V40"/><path class="g" d="M40 42c0-7 4-11 12-11 0 8-5 11-12 11zM40 46c0-6-4-9.5-11-9.5 0 7 4.5 9.5 11 9.5z"/>',
}

# The metal of the rim: its light, and its edge.
METALS = {"bronze": ("#b8743f", "#7d4a22"), "silver": ("#c9d1da", "#8b96a3"), "gold": ("#edc14a", "#a97c12")}

# The badges a new community starts with, and a few more to choose from: file name, family, glyph, metal.
BADGES = (
    ("first-question", "help", "ask", "bronze"),
    ("first-answer", "help", "answer", "bronze"),
    ("first-solved", "help", "answer", "bronze"),
    ("ten-solved", "help", "trail", "silver"),
    ("fifty-solved", "help", "trail", "gold"),
    ("twenty-five-solved", "help", "trail", "silver"),
    ("good-neighbour", "gather", "heart", "bronze"),
    ("hundred-helped", "gather", "heart", "silver"),
    ("worth-keeping", "make", "book", "bronze"),
    ("lamp-left-on", "make", "lamp", "silver"),
    ("well-travelled", "shape", "compass", "silver"),
    ("loop-closed", "shape", "loop", "bronze"),
    ("warm-welcome", "gather", "hand", "bronze"),
    ("one-year", "time", "ring", "bronze"),
    ("good-question", "help", "ask", "bronze"),
    ("hello", "gather", "sun", "bronze"),
    ("face-and-words", "gather", "hand", "bronze"),
    ("first-thanks", "gather", "heart", "bronze"),
    ("first-story", "make", "pen", "bronze"),
    ("first-article", "make", "book", "bronze"),
    ("settled-in", "time", "tent", "silver"),
    ("ten-answers", "help", "answer", "bronze"),
    ("fifty-answers", "help", "answer", "silver"),
    ("many-answers", "help", "answer", "gold"),
    ("hundred-solved", "help", "trail", "gold"),
    ("good-month", "time", "sun", "silver"),
    ("ten-people", "gather", "hand", "silver"),
    ("helper-of-the-month", "time", "loop", "bronze"),
    ("helper-of-the-year", "time", "ring", "gold"),
    ("first-helped", "gather", "heart", "bronze"),
    ("many-helped", "gather", "heart", "gold"),
    ("treasured", "make", "book", "silver"),
    ("landmark", "shape", "flag", "gold"),
    ("great-question", "help", "ask", "silver"),
    ("worth-a-chapter", "make", "book", "silver"),
    ("shown-with-pride", "make", "star", "silver"),
    ("both-sides", "shape", "loop", "silver"),
    ("steady-hand", "make", "pen", "silver"),
    ("always-a-light", "make", "lamp", "gold"),
    ("everywhere-at-home", "shape", "compass", "gold"),
    ("open-door", "gather", "door", "silver"),
    ("host", "gather", "lamp", "gold"),
    ("good-talk", "help", "talk", "bronze"),
    ("gathering", "gather", "talk", "silver"),
    ("twelve-weeks", "time", "sprout", "bronze"),
    ("four-in-a-row", "time", "steps", "bronze"),
    ("a-season-in-a-row", "time", "steps", "silver"),
    ("four-seasons", "time", "sun", "silver"),
    ("three-years", "time", "ring", "silver"),
    ("five-years", "time", "ring", "gold"),
    ("brought-a-friend", "gather", "hand", "bronze"),
    ("bridge-builder", "gather", "bridge", "silver"),
    ("good-company", "gather", "star", "bronze"),
    ("first-idea", "shape", "idea", "bronze"),
    ("ideas-heard", "shape", "idea", "silver"),
    ("ideas-loved", "shape", "idea", "gold"),
    ("thinking-along", "shape", "talk", "bronze"),
    ("having-a-say", "shape", "ballot", "bronze"),
    ("good-poll", "shape", "ballot", "silver"),
    ("says-what-worked", "shape", "loop", "silver"),
    ("in-the-room", "make", "door", "bronze"),
    ("three-rooms", "make", "door", "silver"),
    ("ten-evenings", "make", "lamp", "gold"),
    ("field-tester", "gather", "tent", "silver"),
    ("host-of-a-meetup", "gather", "flag", "gold"),
    ("good-deed", "time", "star", "bronze"),
    ("helpful", "help", "heart", "bronze"),
    ("idea-planned", "shape", "flag", "silver"),
    ("idea-shipped", "shape", "hammer", "gold"),
    ("storyteller", "make", "pen", "bronze"),
    ("first-light", "make", "sun", "silver"),
    ("welcome", "gather", "hand", "bronze"),
    ("greeter", "gather", "lamp", "silver"),
    ("one-month", "time", "sprout", "bronze"),
)


def badge(family: str, glyph: str, metal: str) -> str:
    """Return one badge as a picture of 80 by 80. Attributes, not a style element, so that no policy can take its colours."""
    outline, fill, ink = FAMILIES[family]
    light, edge = METALS[metal]
    level = list(METALS).index(metal) + 1
    stroke = 'fill="none" stroke-linecap="round" stroke-linejoin="round" stroke-width="3"'
    looks = {
        "b": f'fill="{fill}"',
        "r": f'fill="none" stroke="{ink}" stroke-opacity=".55" stroke-width="1.3"',
        "g": f'fill="{ink}"',
        "h": f'fill="{fill}"',
        "k": f'{stroke} stroke="{fill}"',
        "s": f'{stroke} stroke="{ink}"',
        "w": f'fill="{fill}" fill-opacity=".55"',
    }
    rings = "".join(
        f'<path class="r" d="{outline}" transform="translate(40 40) scale({0.84 - ring * 0.07:.2f}) translate(-40 -40)"/>'
        for ring in range(1, level)
    )
    # A rim of metal, its darker edge outside and inside, so that it can be told apart on light and dark grounds.
    rim = f'<path d="{outline}" fill="{light}" stroke="{edge}" stroke-width="1.4"/>'
    inner = f'<path class="b" d="{outline}" stroke="{edge}" stroke-width="1" transform="translate(40 40) scale(.87) translate(-40 -40)"/>'
    drawing = f"{rim}{inner}{rings}{GLYPHS[glyph]}"
    for name, look in looks.items():
        drawing = drawing.replace(f'class="{name}"', look)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80" width="160" height="160">{drawing}</svg>\n'


def main() -> None:
    """Write every badge."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, family, glyph, metal in BADGES:
        (OUT / f"{name}.svg").write_text(badge(family, glyph, metal), "utf-8")


if __name__ == "__main__":
    main()
