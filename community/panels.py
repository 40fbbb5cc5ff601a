"""Panels that upper features put beside a page of a lower one: the page asks for its slot and imports none of them.

Slots: `home`, `home_top` (pinned above the lists of the home), `thread`, `profile`, `compose` (side column), `profile_acts` (beside Follow), `post_menu` (entries of the menu of one post), `settings_privacy` (under the form of the privacy settings), `admin_member` (under the form of a member in the admin).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from markupsafe import Markup

# Given the request and what the page is about, return safe HTML; an empty text shows nothing.
Render = Callable[[HttpRequest, Any], str]


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel; smaller `order` comes first."""

    slot: str
    key: str
    order: int
    render: Render


_panels: dict[tuple[str, str], Panel] = {}


def add_panel(slot: str, key: str, render: Render, order: int = 100) -> None:
    """Put a panel into a slot; called from a feature's `AppConfig.ready()`. A later one of the same key replaces it."""
    _panels[slot, key] = Panel(slot, key, order, render)


def panels_for(slot: str, request: HttpRequest, subject: Any = None) -> list[Markup]:
    """Draw the panels of a slot, in their order."""
    mine = sorted((p for p in _panels.values() if p.slot == slot), key=lambda p: (p.order, p.key))
    drawn = (panel.render(request, subject) for panel in mine)
    return [Markup(html) for html in drawn if html]  # noqa: S704 - panels return what templates rendered
