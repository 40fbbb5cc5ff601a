"""Who may call a URL: declared on the view, enforced there, listed by `manage.py routes`, tested by the access matrix."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from community.errors import NotFound

if TYPE_CHECKING:
    from community.members.models import Member

View = Callable[..., HttpResponse]


class Who(StrEnum):
    """The least a caller must be. Each includes those after it, except that `GUEST` is everyone."""

    GUEST = "guest"
    MEMBER = "member"
    MODERATOR = "moderator"
    MANAGER = "manager"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Access:
    """What `allow` wrote on a view."""

    who: Who
    methods: tuple[str, ...]


def viewer_of(request: HttpRequest) -> "Member | None":
    """Return the member who is reading, or None for the public. The row itself, not Django's lazy stand-in for it."""
    user = request.user
    if isinstance(user, SimpleLazyObject):
        user = get_user(request)
    return user if user.is_authenticated else None


def actor_of(request: HttpRequest) -> "Member":
    """Return the member who is acting. Only for views that `allow` members."""
    viewer = viewer_of(request)
    if viewer is None:
        raise RuntimeError("actor_of() was asked for a guest: the view must allow members only")
    return viewer


def allow(who: Who, *methods: str) -> Callable[[View], View]:
    """Declare and enforce who may call a view, and by which methods (HEAD comes with GET).

    A guest on a member's page is sent to sign in and back. A member on a staff page sees what an absent page shows.
    """
    allowed = (*methods, "HEAD") if "GET" in methods else methods

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            if who is not Who.GUEST:
                viewer = viewer_of(request)
                if viewer is None:
                    return redirect_to_sign_in(request)
                if not viewer.is_at_least(who.value):
                    raise NotFound()
            return view(request, *args, **kwargs)

        guarded.access = Access(who, tuple(methods))  # type: ignore[attr-defined]
        return guarded

    return decorate


def redirect_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a guest to sign in, keeping where they were going. HTMX is told to navigate the whole page."""
    back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
    url = f"{reverse('account_login')}?{urlencode({'next': back})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
