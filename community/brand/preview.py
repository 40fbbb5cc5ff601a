"""The picture other sites show for a link to a page: title, place and brand, drawn in the brand's own colours.

1200 by 630 pixels, the size the Open Graph and card formats ask for. Letters are drawn with the typefaces of the pages; a
title in a script they do not have gives its place to the brand's own sentence rather than being drawn as boxes.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.core.cache import cache as kept

from community.brand.models import Brand
from community.brand.theme import Look, Palette, palette
from community.brand.theme.colour import to_hex

# The library that draws is loaded by those who draw: most processes never do, and it takes 3 MB.
if TYPE_CHECKING:
    from PIL import Image, ImageDraw
    from PIL.ImageFont import FreeTypeFont as Font

WIDTH, HEIGHT = 1200, 630
EDGE = 84
KEPT_SECONDS = 86_400
# Bigger letters for short titles; the last size is cut with an ellipsis where even it is too long.
TITLE_SIZES, TITLE_LINES = (84, 68, 56), 4
_BESIDE = "\uffff"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a picture shows. `kicker` is the small line above the title."""

    title: str
    kicker: str
    name: str
    logo_hash: str
    look: Look

    @property
    def hash(self) -> str:
        """What its address carries, so that the address never changes its content."""
        return _hash(self)


@lru_cache(maxsize=2048)
def _hash(preview: Preview) -> str:
    said = repr((preview.title, preview.kicker, preview.name, preview.logo_hash, preview.look))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def preview_of(brand: Brand, title: str = "", kicker: str = "") -> Preview:
    """Return the picture of a page of a brand; without a title, of the community itself."""
    return Preview(title or brand.strapline, kicker, brand.name, brand.logo_hash, brand.look)


def address_of(preview: Preview, page: str = "/") -> str:
    """Return the address of a picture, below the address of its page."""
    return f"{page}preview-{preview.hash}.png"


def draw(preview: Preview, brand: Brand) -> bytes:
    """Return the picture as a PNG, drawn once a day at most."""
    key = f"preview:{preview.hash}"
    picture: bytes | None = kept.get(key)
    if picture is None:
        drawn = (
            preview if _has_letters("bricolage", preview.title) else replace(preview, title=brand.strapline)
        )
        picture = _draw(drawn, bytes(brand.logo) if brand.logo else b"")
        kept.set(key, picture, KEPT_SECONDS)
    return picture


def _draw(preview: Preview, logo: bytes) -> bytes:
    from PIL import Image, ImageDraw

    colours = _colours(palette(preview.look))
    image = Image.new("RGB", (WIDTH, HEIGHT), colours["deep"])
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, HEIGHT - 12, WIDTH, HEIGHT), fill=colours["gold-on-deep"])
    if _has_letters("atkinson", preview.kicker):
        _write(pen, (EDGE, EDGE), preview.kicker, "atkinson", 34, colours["on-deep-2"])
    if _has_letters("bricolage", preview.title):
        size, lines = _fit(preview.title)
        for number, line in enumerate(lines):
            place = (EDGE, EDGE + 66 + int(number * size * 1.14))
            _write(pen, place, line, "bricolage", size, colours["on-deep"])
    start = _paste_logo(image, logo)
    if _has_letters("bricolage", preview.name):
        _write(pen, (start, HEIGHT - EDGE - 44), preview.name, "bricolage", 38, colours["on-deep"])
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _colours(solved: Palette) -> dict[str, str]:
    return {role: to_hex(solved[role]) for role in ("deep", "on-deep", "on-deep-2", "gold-on-deep")}


def _paste_logo(image: "Image.Image", logo: bytes) -> int:
    """Put the logo at the foot and return where the name beside it begins."""
    if not logo:
        return EDGE
    from PIL import Image

    with Image.open(io.BytesIO(logo), formats=("PNG",)) as picture:
        mark = picture.convert("RGBA")
    mark.thumbnail((72, 72))
    image.paste(mark, (EDGE, HEIGHT - EDGE - 60), mark)
    return EDGE + mark.width + 24


def _fit(title: str) -> tuple[int, list[str]]:
    """Return the largest size at which a title fits, and its lines."""
    for size in TITLE_SIZES:
        lines = _lines(title, size)
        if len(lines) <= TITLE_LINES - (size == TITLE_SIZES[0]):
            return size, lines
    return size, [*lines[: TITLE_LINES - 1], lines[TITLE_LINES - 1].rstrip(" .,;:") + "…"]


def _lines(text: str, size: int) -> list[str]:
    lines = [""]
    for word in _words(text, size):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _length(longer, "bricolage", size) > WIDTH - 2 * EDGE:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _words(text: str, size: int) -> Iterator[str]:
    """Yield words, those longer than a line in pieces."""
    for word in text.split():
        while _length(word, "bricolage", size) > WIDTH - 2 * EDGE:
            cut = next(
                n for n in range(len(word), 0, -1) if _length(word[:n], "bricolage", size) <= WIDTH - 2 * EDGE
            )
            yield word[:cut]
            word = word[cut:]
        yield word


def _write(
    pen: "ImageDraw.ImageDraw", place: tuple[int, int], text: str, face: str, size: int, colour: str
) -> None:
    x: float = place[0]
    for font, run in _runs(text, face, size):
        pen.text((x, place[1]), run, font=font, fill=colour)
        x += font.getlength(run)


def _length(text: str, face: str, size: int) -> float:
    return sum(font.getlength(run) for font, run in _runs(text, face, size))


def _runs(text: str, face: str, size: int) -> Iterator["tuple[Font, str]"]:
    """Yield the pieces of a text with the typeface that has their letters."""
    run, part = "", ""
    for letter in text:
        wanted = _part_with(face, letter) or "latin"
        if run and wanted != part:
            yield _font(face, part, size), run
            run = ""
        part, run = wanted, run + letter
    if run:
        yield _font(face, part, size), run


def _has_letters(face: str, text: str) -> bool:
    return bool(text.strip()) and all(_part_with(face, letter) for letter in text if not letter.isspace())


@lru_cache(maxsize=4096)
def _part_with(face: str, letter: str) -> str:
    """Return which file of a typeface has a letter, or nothing: a missing one is drawn like what no typeface has."""
    for part in ("latin", "latin-ext"):
        font = _font(face, part, 40)
        if letter == " " or bytes(font.getmask(letter)) != bytes(font.getmask(_BESIDE)):
            return part
    return ""


@cache
def _font(face: str, part: str, size: int) -> "Font":
    from PIL import ImageFont

    path = finders.find(f"fonts/{face}-{part}.woff2")
    assert isinstance(path, str), face
    font = ImageFont.truetype(path, size)
    font.set_variation_by_name("Bold" if face == "bricolage" else "Medium")
    return font
