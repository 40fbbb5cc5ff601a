"""Where one can go, as the rail and the bar of small screens show it: drawn once for all who see the same of it.

Every page has both, and they are the same from page to page but for the mark on the place where one is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language
from markupsafe import Markup

from community.brand.nav import nav_items
from community.shapes import jinja
from community.spaces.queries import RailSpace

_TABS = ("/new/", "/notifications/", "/sign-in/")


@dataclass(frozen=True, slots=True)
class RailLink:
    """A place, as the rail shows it."""

    label: str
    href: str
    icon: str
    current: bool
    tab: bool


def links_for(path: str, *, is_member: bool) -> tuple[RailLink, ...]:
    """Return where one can go. The place whose address says most about this page is marked."""
    open_to = [item for item in nav_items() if is_member or not item.needs_member]
    places = [(item, href) for item in open_to if (href := item.href()) is not None]
    here = max((href for _item, href in places if _is_under(path, href)), key=len, default="")
    return tuple(RailLink(str(item.label), href, item.icon, href == here, item.tab) for item, href in places)


def _is_under(path: str, href: str) -> bool:
    return path == href if href == "/" else path.startswith(href)


def draw_rail(links: tuple[RailLink, ...], spaces: tuple[RailSpace, ...], path: str, me: str) -> Markup:
    """Draw the rail; `me` is the address of the reader's profile, nothing for guests."""
    theirs = [space.get_absolute_url() for space in spaces]
    # Whose rail it is makes no difference to it.
    return _drawn("layouts/_rail.html", links, spaces, _if_among(theirs, path), "me" if me else "")


def draw_tabbar(links: tuple[RailLink, ...], path: str, me: str) -> Markup:
    """Draw the bar of small screens."""
    theirs = (*(link.href for link in links), *_TABS, me)
    return _drawn("layouts/_tabbar.html", links, (), _if_among(theirs, path), me)


def _if_among(theirs: Collection[str], path: str) -> str:
    return path if path in theirs else ""


def _drawn(
    template: str, links: tuple[RailLink, ...], spaces: tuple[RailSpace, ...], path: str, me: str
) -> Markup:
    draw = _draw.__wrapped__ if settings.DEBUG else _draw
    return draw(template, get_language(), links, spaces, path, me)


@lru_cache(maxsize=500)
def _draw(
    template: str,
    _language: str | None,
    links: tuple[RailLink, ...],
    spaces: tuple[RailSpace, ...],
    path: str,
    me: str,
) -> Markup:
    drawn = jinja().get_template(template).render(links=links, spaces=spaces, path=path, me=me)
    return Markup(drawn)  # noqa: S704 - what the template drew
