"""Two small middlewares: a request id for every answer and log line, and the member's language and time zone."""

import contextvars
import logging
import secrets
import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from community.access import viewer_of

_request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")
GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdFilter(logging.Filter):
    """Adds the id of the current request to every log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        return True


class RequestId:
    """Names every request, in its answer and in the log."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request_id.set(secrets.token_hex(8))
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = _request_id.get()
            return response
        finally:
            _request_id.reset(token)


class MemberPreferences:
    """Speaks the member's language and clock. Guests get what their browser prefers."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.known = {code for code, _name in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewer = viewer_of(request)
        language = viewer.language if viewer is not None and viewer.language in self.known else None
        with translation.override(language or translation.get_language_from_request(request)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            with timezone.override(zone_of(viewer.time_zone if viewer is not None else "")):
                response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
            response.headers.setdefault(
                "Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"
            )
            if viewer is not None and "Cache-Control" not in response.headers:
                response.headers["Cache-Control"] = "private, no-store"
            return response


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    """Return the named zone, or UTC when it is empty or unknown."""
    try:
        return zoneinfo.ZoneInfo(name or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")
