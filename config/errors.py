"""Refusals become answers here and nowhere else: a page, a toast for HTMX, or problem+json for the API."""

import json
import logging
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, PermissionDenied
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from community.errors import DomainError, Held, NotFound, RateLimited
from community.web import done
from config.stack import hosts

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
PROBLEM = "application/problem+json"
_PLAIN_HOST = re.compile(r"[A-Za-z0-9.-]{1,100}(?::\d{1,5})?|\[[0-9a-fA-F:]{2,40}\](?::\d{1,5})?", re.ASCII)
# Names that were spoken of in the log already, and how many of them it says.
_named_in_log: set[str] = set()
_MOST_TOLD = 20


class DomainErrors:
    """Turns a `DomainError` that a view let through into an answer, and gives a wrong method words."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        page = error_page(request, 405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer refusals, and values that no column can hold; leave everything else to Django."""
        if isinstance(error, DataError):
            _write_down(error)
            return bad_request(request)
        if isinstance(error, Held):
            return done(request, error.url, error.message)
        return answer_refusal(request, error) if isinstance(error, DomainError) else None


def answer_refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Answer a refusal in the shape the caller speaks."""
    if request.path.startswith("/api/"):
        response: HttpResponse = JsonResponse(
            problem(error.status, error.code, error.message, error.fields), status=error.status
        )
        response["Content-Type"] = PROBLEM
    elif request.headers.get("HX-Request") and error.status != 404:
        response = HttpResponse(status=error.status)
        response["HX-Reswap"] = "none"
        response["HX-Trigger"] = json.dumps({"say": error.message})
    else:
        response = error_page(request, error.status, error.message)
    if isinstance(error, RateLimited):
        response["Retry-After"] = str(error.retry_after)
    return response


def problem(status: int, code: str, detail: str, fields: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return an RFC 9457 problem document with a stable `code` and, for typed input, `errors` by field."""
    body: dict[str, Any] = {
        "type": f"/docs/errors#{code}",
        "title": code.replace("_", " "),
        "status": status,
        "code": code,
        "detail": detail,
    }
    if fields:
        body["errors"] = fields
    return body


def error_page(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """Return the page for an error status, with a sentence when there is one to say."""
    template = f"errors/{status if status in (400, 403, 404, 410, 429, 500, 503) else 400}.html"
    response = render(request, template, {"message": message}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 for what is absent or hidden."""
    if request.path.startswith("/api/"):
        return answer_refusal(request, NotFound())
    return error_page(request, 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return error_page(request, 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    if request.path.startswith("/api/"):
        return JsonResponse(problem(400, "bad_request", _unreadable()), status=400, content_type=PROBLEM)
    if isinstance(exception, DisallowedHost):
        return _another_name(request)
    return error_page(request, 400)


def _another_name(request: HttpRequest) -> HttpResponse:
    """Answer whoever asks by a name that is not ours, in plain words: a page would say its own address.

    A trial says what cures that, in the log too. A public site is asked for by names it never had all day.
    """
    host, sentence = request.META.get("HTTP_HOST", ""), _unreadable()
    if not settings.SECURE and _PLAIN_HOST.fullmatch(host):
        sentence = f"Porchlight does not know itself as http://{host}. {hosts.cure(host)}."
        if host not in _named_in_log and len(_named_in_log) < _MOST_TOLD:
            _named_in_log.add(host)
            logger.warning("%s", sentence)
    return HttpResponse(sentence + "\n", status=400, content_type="text/plain; charset=utf-8")


def _unreadable() -> str:
    return _("Something in the link or the form could not be read. Go back and try again.")


def _write_down(error: DataError) -> None:
    """A zero byte, a moment before the calendar: whoever sent it made it up. Were it a fault of ours, it must be seen."""
    logger.error("the database cannot hold a value of this request", exc_info=error)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer 429, for the pages of the sign-in package."""
    return error_page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database for anything."""
    if request.path.startswith("/api/"):
        return JsonResponse(
            problem(500, "server_error", _("We could not do that. It is written down and we will look.")),
            status=500,
            content_type=PROBLEM,
        )
    return error_page(request, 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came without its token, most often from a page left open for long."""
    logger.info("csrf: %s", reason)
    return error_page(
        request,
        403,
        _(
            "This page was open for a while and its key ran out. Go back, reload it, and send it again; what you typed is still there."
        ),
    )


def api_exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer every refusal of the API as problem+json, ours and the framework's alike."""
    if isinstance(error, DomainError):
        headers = {"Retry-After": str(error.retry_after)} if isinstance(error, RateLimited) else {}
        return _problem_response(error.status, error.code, error.message, error.fields, headers)
    if (told := _told(error)) is not None:
        return _problem_response(*told)
    if isinstance(error, exceptions.ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
        return _problem_response(422, "unusable_input", _("Some fields need another look."), fields)
    if isinstance(error, exceptions.APIException):
        headers = {}
        challenge, wait = getattr(error, "auth_header", None), getattr(error, "wait", None)
        if challenge:
            headers["WWW-Authenticate"] = challenge
        if wait:
            headers["Retry-After"] = str(int(wait) + 1)
        return _problem_response(error.status_code, str(error.default_code), str(error.detail), None, headers)
    return None


def _told(error: Exception) -> tuple[int, str, str] | None:
    """Return status, code and words for a refusal of the framework below the API."""
    if isinstance(error, Http404):
        return 404, "not_found", NotFound().message
    if isinstance(error, PermissionDenied):
        return 403, "forbidden", _("This key or account may not do that.")
    if isinstance(error, DataError):
        _write_down(error)
        return 400, "bad_request", _unreadable()
    return None


def _problem_response(
    status: int, code: str, detail: str, fields: Any = None, headers: dict[str, str] | None = None
) -> Response:
    return Response(
        _sayable(problem(status, code, detail, fields)),
        status=status,
        headers=headers,
        content_type=PROBLEM,
    )


def _sayable(value: Any) -> Any:
    """Return a value as it can be sent: a refusal often repeats what was typed, and half a character is no UTF-8."""
    if isinstance(value, str):
        return str(value).encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_sayable(name): _sayable(inner) for name, inner in value.items()}
    return [_sayable(inner) for inner in value] if isinstance(value, list | tuple) else value
