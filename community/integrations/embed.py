"""The widget: public threads in a frame on the brand's own site, read with a guest's rights whoever looks."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.forms import ChoiceField, Form, IntegerField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_exempt

from community.access import Who, allow
from community.errors import NotFound
from community.integrations.queries import registered_origins
from community.spaces.queries import get_space_for, list_spaces
from community.threads.queries import Order, list_threads

MOST, USUAL = 10, 5
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the widget shows, as its address says it."""

    space: str
    limit: int
    theme: str

    @property
    def query(self) -> str:
        """The address's query string."""
        return urlencode({"space": self.space, "limit": str(self.limit), "theme": self.theme})


def read_wish(request: HttpRequest) -> Wish:
    """Read a wish without complaint: odd values become the usual ones."""
    limit = request.GET.get("limit", "")
    theme = request.GET.get("theme", "")
    return Wish(
        space=request.GET.get("space", "").replace("\x00", "")[:50],
        limit=min(max(int(limit[:4]), 1), MOST) if limit.isascii() and limit.isdigit() else USUAL,
        theme=theme if theme in THEMES else "auto",
    )


@allow(Who.GUEST, "GET")
@xframe_options_exempt
def latest(request: HttpRequest) -> HttpResponse:
    """Show the latest public threads, in a frame that only registered sites may open."""
    wish = read_wish(request)
    space = get_space_for(None, wish.space) if wish.space else None
    threads = list_threads(None, order=Order.LATEST, space_id=space.pk if space else None).threads
    context = {"wish": wish, "space": space, "threads": threads[: wish.limit], "base": settings.BASE_URL}
    response = render(request, "community/integrations/embed_latest.html", context)
    response._csp_replace = {  # type: ignore[attr-defined]
        "frame-ancestors": ["'self'", *sorted(registered_origins())]
    }
    response.xframe_options_exempt = True  # type: ignore[attr-defined]
    # The same for everyone, so a shared cache may keep it for a moment. A browser asks anew: it would go on refusing the
    # frame on a site that was registered since.
    response["Cache-Control"] = "public, max-age=0, s-maxage=60"
    return response


@lru_cache(maxsize=1)
def _loader() -> str:
    path = finders.find("embed/embed.js")
    if not isinstance(path, str):
        raise NotFound()
    with open(path, encoding="utf-8") as file:
        return file.read()


@allow(Who.GUEST, "GET")
def loader(request: HttpRequest) -> HttpResponse:
    """Send the script that puts the widget into a page, from an address that never changes."""
    response = HttpResponse(_loader(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class WishForm(Form):
    """What the widget shall show."""

    space = ChoiceField(label=_("From which space?"), required=False)
    limit = IntegerField(label=_("How many?"), min_value=1, max_value=MOST)
    theme = ChoiceField(
        label=_("Which look?"),
        choices=[("auto", _("As the visitor’s device")), ("light", _("Light")), ("dark", _("Dark"))],
    )

    def __init__(self, wish: Wish) -> None:
        super().__init__(initial={"space": wish.space, "limit": wish.limit, "theme": wish.theme})
        spaces = [(space.slug, space.name) for space in list_spaces(None)]
        self.fields["space"].choices = [("", say("All public spaces")), *spaces]  # type: ignore[attr-defined]


@allow(Who.MANAGER, "GET")
def preview(request: HttpRequest) -> HttpResponse:
    """Show the widget and what to paste into the brand's page."""
    wish = read_wish(request)
    if wish.space:
        get_space_for(None, wish.space)
    response = render(
        request,
        "community/integrations/embed_preview.html",
        {
            "wish": wish,
            "form": WishForm(wish),
            "base": settings.BASE_URL,
            "origins": sorted(registered_origins()),
        },
    )
    response._csp_replace = {"frame-src": ["'self'"]}  # type: ignore[attr-defined]
    return response
