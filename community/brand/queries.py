"""Reading the brand. Every page asks for it, so a process remembers it for a few seconds."""

import hashlib
import time
from dataclasses import dataclass, replace
from functools import lru_cache

from django.templatetags.static import static

from community.activity.one_row import read_row
from community.brand.models import Brand
from community.brand.theme import Look, theme_css

REMEMBERED_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Theme:
    """A brand's stylesheet and the hash its address carries."""

    css: str
    hash: str

    @property
    def url(self) -> str:
        """The address, which never changes its content."""
        return f"/theme-{self.hash}.css"


class _Memory:
    """The last brand read by this process, and when."""

    brand: Brand | None = None
    read_at = 0.0


def current_brand() -> Brand:
    """Return the brand in force. Another process sees a change within ten seconds."""
    now = time.monotonic()
    if _Memory.brand is None or now - _Memory.read_at > REMEMBERED_SECONDS:
        _Memory.brand = read_row(Brand)
        _Memory.read_at = now
    return _Memory.brand


def forget_brand() -> None:
    """Read the brand anew at the next occasion."""
    _Memory.brand = None


def theme_of(brand: Brand) -> Theme:
    """Return the stylesheet of a brand."""
    return _theme(brand.look)


@lru_cache(maxsize=32)
def _theme(look: Look) -> Theme:
    pattern = static(f"brand/{look.pattern}.svg") if look.pattern else ""
    css = theme_css(replace(look, pattern=pattern))
    return Theme(css, hashlib.sha256(css.encode()).hexdigest()[:12])
