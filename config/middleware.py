"""Speaks the member's language and clock, and says how answers may be kept."""

import zoneinfo
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from community.access import viewer_of
from community.members.models import Role
from community.members.presence import note_seen
from config.seeing import look_as, seen_member

_GUEST_VARIES = ("HX-Request", "Accept-Language")

GetResponse = Callable[[HttpRequest], HttpResponse]


class MemberPreferences:
    """Speaks the member's language and clock. Guests get what their browser prefers."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.known = {code for code, _name in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewer, answer = viewer_of(request), self.get_response
        if viewer is not None:
            note_seen(viewer.pk)
            if viewer.role != Role.MEMBER and (seen := seen_member(request, viewer)) is not None:
                viewer, answer = seen, partial(look_as, member=seen, get_response=self.get_response)
        language = viewer.language if viewer is not None and viewer.language in self.known else None
        with translation.override(language or translation.get_language_from_request(request)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            with timezone.override(zone_of(viewer.time_zone if viewer is not None else "")):
                response = answer(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
            response.headers.setdefault(
                "Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"
            )
            if viewer is not None:
                response.headers.setdefault("Cache-Control", "private, no-store")
            else:
                # A copy may be kept but not used unasked: the page may be gone, and at its address stands a part of it
                # for htmx, and the same in other languages.
                response.headers.setdefault("Cache-Control", "no-cache")
                patch_vary_headers(response, _GUEST_VARIES)
            return response


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    """Return the named zone, or UTC when it is empty or unknown."""
    try:
        return zoneinfo.ZoneInfo(name or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")
