"""What stands between a signed-in member and a page: a second step that is missing, or a way in that is closed.

Looks at the member's row, which every page has read already, and at rules that a process remembers: no statement.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from community.access import Who, viewer_of
from community.errors import NotFound, Refused
from community.members.doors.memory import closes_local_ways, door_rules
from community.members.doors.passkeys import joins_by_passkey
from community.members.models import Member
from community.members.terms.memory import current_round
from community.members.terms.views import LATER
from community.web import SeeOther
from config.access import permits_of
from config.errors import answer_refusal

# Open to everyone always: signing out, the second step itself, one's address and devices, what one must be able to read.
ALWAYS = (
    "account_logout",
    "account_reauthenticate",
    "account_email",
    "account_confirm_email",
    "brand_",
    "health_",
    "mfa_",
    "session_",
    "usersessions_",
)
# The ways in of this community itself; closed where only the brand's own sign-in opens.
LOCAL = frozenset(
    {
        "account_signup",
        "account_signup_by_passkey",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_from_key",
        "account_request_login_code",
        "account_confirm_login_code",
        "mfa_login_webauthn",
        "mfa_signup_webauthn",
    }
)
CODES = ("account_request_login_code", "account_confirm_login_code")
# What nobody has to agree to anything for: the account itself, one's own things, leaving.
WITHOUT_TERMS = (
    *ALWAYS,
    "account_",
    "terms_",
    "privacy_",
    "export",
    "erasure",
    "api_my_terms",
    "signon_",
    "push_",
)
_TEAM = (Who.MODERATOR, Who.MANAGER, Who.ADMIN)


class Doorway:
    """Leads to what is missing first. Stands innermost, because it asks which view was meant."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Answer in place of the view, or let it answer."""
        viewer = viewer_of(request)
        if viewer is None:
            return self._closed(request)
        if viewer.lacks_second_factor:
            return self._second_step(request, view, viewer)
        if viewer.terms_round < current_round():
            return self._new_terms(request) or self._closed(request)
        return self._closed(request)

    def _closed(self, request: HttpRequest) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or (match.url_name not in LOCAL and match.url_name != "account_login"):
            return None
        if (
            match.url_name in CODES
            and not door_rules().code_sign_in
            and not _is_joining(request, match.url_name)
        ):
            return answer_refusal(request, NotFound())
        if not closes_local_ways() or (
            match.url_name == "account_login" and request.method in ("GET", "HEAD")
        ):
            return None
        words = _("This community opens by the sign-in of our own site only.")
        return answer_refusal(request, Refused("sign_on_only", words))

    def _new_terms(self, request: HttpRequest) -> HttpResponse | None:
        """Reading stays open: a page is asked before the next one, once; writing waits. Keys belong to programs and are left alone."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith(WITHOUT_TERMS):
            return None
        reads = request.method in ("GET", "HEAD", "OPTIONS")
        if reads and (not _is_page(request) or request.COOKIES.get(LATER) == str(current_round())):
            return None
        words = _("Our terms have changed. Agree to them before you write.")
        if request.path.startswith("/api/"):
            return answer_refusal(request, Refused("terms_not_accepted", words))
        onward = request.get_full_path() if reads else urlsplit(request.headers.get("Referer", "/")).path
        address = f"{reverse('terms_agree')}?{urlencode({'next': onward})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        if not reads:
            messages.warning(request, words)
        return SeeOther(address)

    def _second_step(self, request: HttpRequest, view: Any, viewer: Member) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith(ALWAYS) or not _is_asked(request, view, name, viewer):
            return None
        words = _("Set up a second step first: an app with codes, or a passkey. It takes a minute.")
        if request.path.startswith("/api/"):
            return answer_refusal(request, Refused("second_factor_required", words))
        messages.warning(request, words)
        address = f"{reverse('mfa_index')}?{urlencode({'next': request.path})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return SeeOther(address)


def _is_joining(request: HttpRequest, name: str) -> bool:
    """Whether a code is written to join with a passkey, which is no sign-in by a code."""
    return name == "account_confirm_login_code" and joins_by_passkey(request)


def _is_page(request: HttpRequest) -> bool:
    """Whether a browser goes to a whole page, and not for a picture or a part."""
    wanted = request.headers.get("Accept", "")
    return (
        "text/html" in wanted and "HX-Request" not in request.headers and not request.path.startswith("/api/")
    )


def _is_asked(request: HttpRequest, view: Any, name: str, viewer: Member) -> bool:
    """Whether this address waits for the second step: all of them, or for the team those that only it opens."""
    if door_rules().second_factor == "everyone":
        return True
    permit = (permits_of(view, name) or {}).get("GET" if request.method == "HEAD" else str(request.method))
    return permit is not None and permit.who in _TEAM
