"""The community as an app of its own on a telephone or computer: what it is called, its icons, and what works without a network."""

import hashlib
import io
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from community.brand.models import Brand
from community.brand.queries import theme_of
from community.brand.theme import Look
from community.brand.theme.colour import to_hex
from community.brand.theme.palette import palette

# As in `preview`: loaded by those who draw.
if TYPE_CHECKING:
    from PIL import Image

# Name → side in pixels, and whether it fills the square so that a device may cut its own shape out of it.
ICONS = {
    "192": (192, False),
    "512": (512, False),
    "maskable-192": (192, True),
    "maskable-512": (512, True),
    "touch": (180, True),
}
BADGE = "badge"
# Of what may be cut off, the middle four fifths are always seen.
SAFE = 0.8
FINER = 4
# The mark of `static/brand/mark.svg`, on its square of 34, moved to the middle: roof, lantern, top and ground.
SIDE = 34.0
ROOF = ((10.5, 16.5), (17.0, 9.5), (23.5, 16.5))
LANTERN = ((12.6, 16.5), (21.4, 16.5), (22.9, 23.5), (11.1, 23.5))
LINES = (((11.0, 26.5), (23.0, 26.5)), ((17.0, 9.5), (17.0, 6.5)))

_WORKER = Path(settings.BASE_DIR) / "static" / "dist" / "worker.js"


def icons_mark(brand: Brand) -> str:
    """Return what changes when the icons do; it stands in their addresses."""
    said = f"{brand.brand_colour} {brand.accent_colour} {brand.logo_hash}"
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def icon_address(brand: Brand, name: str) -> str:
    """Return the address of an icon, whose content never changes."""
    return f"/icons/{name}.png?v={icons_mark(brand)}"


def draw_icon(brand: Brand, name: str) -> bytes | None:
    """Return an icon as PNG, or None for a name that there is not."""
    if name == BADGE:
        return _drawn(brand.look, b"", 96, False, True)
    if name not in ICONS:
        return None
    return _drawn(brand.look, bytes(brand.logo or b""), *ICONS[name], False)


@lru_cache(maxsize=24)
def _drawn(look: Look, logo: bytes, side: int, fills: bool, is_badge: bool) -> bytes:
    picture = _with_logo(logo, side, fills) if logo else _mark(look, side, fills, is_badge)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _mark(look: Look, side: int, fills: bool, is_badge: bool) -> "Image.Image":
    """Draw the mark: on a full square, on a disc, or alone in white where a device paints it in its own colour."""
    from PIL import Image, ImageDraw

    colours = palette(look)
    ground, light, gold = (to_hex(colours[role]) for role in ("brand", "on-brand", "gold"))
    large = side * FINER
    picture = Image.new("RGBA", (large, large), ground if fills else (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    if not fills and not is_badge:
        draw.ellipse((0, 0, large - 1, large - 1), fill=ground)
    # The badge is nothing but the mark, so it may be larger.
    scale = large / SIDE * (SAFE if fills else 1.4 if is_badge else 1.0)
    shift = large / 2 - SIDE / 2 * scale

    def at(points: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
        return [(x * scale + shift, y * scale + shift) for x, y in points]

    light = "#ffffff" if is_badge else light
    draw.polygon(at(LANTERN), fill=light if is_badge else gold)
    draw.polygon(at(ROOF), fill=light)
    for line in LINES:
        draw.line(at(line), fill=light, width=round(2 * scale))
        for x, y in at(line):
            draw.ellipse((x - scale, y - scale, x + scale, y + scale), fill=light)
    return picture.resize((side, side), Image.Resampling.LANCZOS)


def _with_logo(logo: bytes, side: int, fills: bool) -> "Image.Image":
    """Put the brand's own logo on white, small enough that no shape cuts into it; or alone where it may stand alone."""
    from PIL import Image

    picture = Image.new("RGBA", (side, side), "#ffffff" if fills else (0, 0, 0, 0))
    with Image.open(io.BytesIO(logo), formats=("PNG",)) as given:
        own = given.convert("RGBA")
    room = side * (SAFE * 0.8 if fills else 1.0)
    scale = min(room / own.width, room / own.height)
    size = (max(1, round(own.width * scale)), max(1, round(own.height * scale)))
    drawn = own.resize(size, Image.Resampling.LANCZOS)
    picture.alpha_composite(drawn, ((side - size[0]) // 2, (side - size[1]) // 2))
    return picture


def manifest(brand: Brand) -> dict[str, Any]:
    """Return what a device asks before it installs the community as an app."""
    colours = palette(brand.look)
    return {
        "id": "/",
        "name": brand.name,
        "short_name": brand.name if len(brand.name) <= 12 else brand.name.split()[0][:12],
        "description": brand.strapline,
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": to_hex(colours["page"]),
        "theme_color": to_hex(colours["brand"]),
        "icons": [
            {
                "src": icon_address(brand, name),
                "sizes": f"{side}x{side}",
                "type": "image/png",
                "purpose": "maskable" if fills else "any",
            }
            for name, (side, fills) in ICONS.items()
            if name != "touch"
        ],
        "shortcuts": [
            {"name": _("Ask or discuss"), "url": "/new/"},
            {"name": _("Notifications"), "url": "/notifications/"},
            {"name": _("Messages"), "url": "/messages/"},
        ],
    }


def service_worker(brand: Brand) -> str:
    """Return the script that browsers keep: our code, and before it what is the brand's and the reader's language's."""
    shell = {
        "name": brand.name,
        "offline": "/offline/",
        "signOut": reverse("account_logout"),
        "icon": icon_address(brand, "192"),
        # The mark is ours: a brand with a logo of its own leaves this to the device.
        "badge": "" if brand.logo_hash else icon_address(brand, BADGE),
        "files": [
            static("dist/community.css"),
            theme_of(brand).url,
            static("fonts/atkinson-latin.woff2"),
            static("fonts/bricolage-latin.woff2"),
        ],
    }
    code = _code()
    said = json.dumps([shell, get_language(), code], ensure_ascii=False)
    shell["version"] = hashlib.sha256(said.encode()).hexdigest()[:12]
    return f"const SHELL = {json.dumps(shell, ensure_ascii=False)};\n{code}"


@lru_cache(maxsize=1)
def _code() -> str:
    return _WORKER.read_text("utf-8")
