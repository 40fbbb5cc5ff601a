"""The places a member can go from every page. Features add theirs when they load, so the frame imports none of them."""

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place. `tab` puts it into the bar of small screens as well; smaller `order` comes first."""

    key: str
    label: str | Promise
    url_name: str
    icon: str
    order: int
    tab: bool = False
    needs_member: bool = False

    def href(self) -> str | None:
        """Return the address, or None while the feature that owns it is not there."""
        return _address(self.url_name)


@cache
def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


_items: dict[str, NavItem] = {}


def add_nav_item(item: NavItem) -> NavItem:
    """Put a place into the rail; called from a feature's `AppConfig.ready()`. A later item of the same key replaces it."""
    _items[item.key] = item
    nav_items.cache_clear()
    return item


@cache
def nav_items() -> tuple[NavItem, ...]:
    """Return all places in their order."""
    return tuple(sorted(_items.values(), key=lambda item: (item.order, item.key)))
