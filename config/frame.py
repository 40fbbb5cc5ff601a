"""What surrounds every page: who is reading, whose community it is, where one can go. Read only when a template asks."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from community.access import viewer_of
from community.brand.models import Brand
from community.brand.nav import NavItem, add_nav_item
from community.brand.preview import address_of, preview_of
from community.brand.queries import Theme, current_brand, theme_of
from community.members.fields.queries import fields_in_use, owes_answers
from community.members.models import Member
from community.spaces.queries import rail_spaces
from community.web import form_token, token_field
from config.rail import RailLink, draw_rail, draw_tabbar, links_for

THEME_COOKIE = "look"
THEMES = ("light", "dark")

for item in (
    NavItem("home", _("Home"), "home", "home", 10, tab=True),
    NavItem("spaces", _("Spaces"), "space_list", "spaces", 20, tab=True),
    NavItem("people", _("People"), "member_list", "people", 60),
    NavItem("leaderboard", _("Most helpful"), "leaderboard", "trophy", 70),
):
    add_nav_item(item)


class Frame:
    """The frame of one page. Everything is looked up at most once, and only if it is shown."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.path = request.path

    @cached_property
    def viewer(self) -> Member | None:
        """The member who is reading, or None."""
        return viewer_of(self._request) if hasattr(self._request, "user") else None

    @cached_property
    def brand(self) -> Brand:
        """Whose community this is."""
        return current_brand()

    @cached_property
    def css(self) -> Theme:
        """The brand's stylesheet."""
        return theme_of(self.brand)

    @property
    def logo_url(self) -> str:
        """The address of the uploaded logo, or nothing."""
        return f"/logo-{self.brand.logo_hash}.png" if self.brand.logo_hash else ""

    @property
    def canonical_url(self) -> str:
        """The whole address under which search engines keep this page: without what only sorts or highlights it."""
        asked = [(name, self._request.GET[name]) for name in ("view", "after") if name in self._request.GET]
        address = self._request.build_absolute_uri(self._request.path)
        return f"{address}?{urlencode(asked)}" if asked else address

    @property
    def preview_url(self) -> str:
        """The whole address of the picture other sites show for a link to the community."""
        return self._request.build_absolute_uri(address_of(preview_of(self.brand)))

    @cached_property
    def theme(self) -> str:
        """`light`, `dark` or `system`: the member's choice, else this browser's."""
        cookie = self._request.COOKIES.get(THEME_COOKIE, "")
        chosen = cookie or (self.viewer.theme if self.viewer is not None else "")
        return chosen if chosen in THEMES else "system"

    @property
    def lang(self) -> str:
        """The language of the page."""
        return get_language() or settings.LANGUAGE_CODE

    @property
    def dir(self) -> str:
        """The direction its script runs."""
        return "rtl" if get_language_bidi() else "ltr"

    @cached_property
    def _links(self) -> tuple[RailLink, ...]:
        return links_for(self.path, is_member=self.viewer is not None)

    @property
    def rail(self) -> Markup:
        """Where one can go, and the viewer's spaces, at most eight."""
        return draw_rail(self._links, tuple(rail_spaces(self.viewer)), self.path, self._me)

    @property
    def tabbar(self) -> Markup:
        """The same for small screens."""
        return draw_tabbar(self._links, self.path, self._me)

    @property
    def _me(self) -> str:
        return self.viewer.get_absolute_url() if self.viewer is not None else ""

    @property
    def unread(self) -> int:
        """How many notices wait."""
        return self.viewer.unread_notices if self.viewer is not None else 0

    @property
    def asks(self) -> bool:
        """Whether the community would like to know something of its members."""
        return bool(fields_in_use())

    @property
    def owes_answers(self) -> bool:
        """Whether something required was never asked of the reader."""
        return self.viewer is not None and owes_answers(self.viewer)

    @property
    def live_url(self) -> str:
        """Where live news come from; empty when no live process runs, and for whom it would turn away."""
        listens = self.viewer is not None and not self.viewer.is_suspended
        return settings.LIVE_URL if listens else ""

    @property
    def has_notes(self) -> bool:
        """Whether something is said at the top of the page: rarely, so its template is not asked for nothing."""
        return bool(self.messages) or self.owes_answers

    @cached_property
    def messages(self) -> list[Any]:
        """Sentences left by the previous request. Reading them uses them up."""
        waiting = get_messages(self._request) if hasattr(self._request, "_messages") else ()
        # Looking into an empty box would already send a cookie that empties it.
        return list(waiting) if len(waiting) else []


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template of a request the same frame, and one token for all its forms."""
    if not hasattr(request, "frame_context"):
        token = SimpleLazyObject(lambda: form_token(request))
        field = SimpleLazyObject(lambda: token_field(request))
        context = {"frame": Frame(request), "csrf_token": token, "csrf_input": field}
        request.frame_context = context  # type: ignore[attr-defined]
    return request.frame_context  # type: ignore[attr-defined, no-any-return]
