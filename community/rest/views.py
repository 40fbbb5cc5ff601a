"""The base of every API view: it declares who may call, answers a repeated call once, and sets the headers."""

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.errors import Held, NotFound
from community.rest.parsers import JsonParser

if TYPE_CHECKING:
    from community.members.models import Member

Handler = Callable[..., Response]
SAFE = ("GET", "HEAD", "OPTIONS")


class ApiView(APIView):
    """A resource. What it does not declare is refused.

    `scopes` names, per method, what an API key must carry; signed-in members need none. `guests` are the methods that
    answer without any sign-in, with public content only. `least` is the least role per method, `member` unless said.
    """

    scopes: ClassVar[Mapping[str, str]] = {}
    guests: ClassVar[tuple[str, ...]] = ()
    least: ClassVar[Mapping[str, str]] = {}
    parser_classes: tuple[type[BaseParser], ...] = (JsonParser,)
    metadata_class = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """DRF's own dispatch, with the handler run once per `Idempotency-Key`."""
        self.args, self.kwargs = args, kwargs
        asked = self.initialize_request(request, *args, **kwargs)
        self.request = asked
        self.headers = self.default_response_headers
        try:
            self.initial(asked, *args, **kwargs)
            # Programs get every time in UTC, whatever zone the member reads pages in.
            with timezone.override(UTC):
                response = self.answer(asked)
        except Exception as error:  # noqa: BLE001 - DRF raises again what its handler does not know
            response = self.handle_exception(error)
        self.response = self.finalize_response(asked, response, *args, **kwargs)
        return self.response

    def answer(self, request: Request) -> Response:
        """Call the method's handler, or return the answer an earlier call with the same key got."""
        if any("\x00" in value for value in self.kwargs.values() if isinstance(value, str)):
            raise NotFound()
        name = (request.method or "").lower()
        known = name in self.http_method_names and hasattr(self, name)
        handler: Handler = getattr(self, name) if known else self.http_method_not_allowed

        def run() -> Response:
            try:
                return handler(request, *self.args, **self.kwargs)
            except Held as held:
                # Taken, and not there yet: no refusal, and what waits is kept.
                return Response(
                    {"held_id": held.pk, "detail": held.message},
                    status=held.status,
                    headers={"Location": f"/api/v1/me/held/{held.pk}"},
                )

        if known and request.method not in SAFE and "Idempotency-Key" in request.headers:
            answer_once = import_string(settings.API_ANSWER_ONCE)
            return answer_once(request, run)  # type: ignore[no-any-return]
        return run()

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Keep answers out of shared caches and tell the caller what is left of their rate."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        standing = getattr(request, "rate_standing", None)
        if standing is not None:
            response["RateLimit-Policy"] = f'"{standing.name}";q={standing.quota};w={standing.window}'
            response["RateLimit"] = f'"{standing.name}";r={standing.remaining};t={standing.reset}'
        return response


def viewer_of(request: Request) -> "Member | None":
    """Return the member who reads: a session's, or the one a key belongs to. None is the public."""
    return request.user  # type: ignore[return-value]


def actor_of(request: Request) -> "Member":
    """Return the member who acts. Only in methods that guests may not call."""
    return request.user  # type: ignore[return-value]
