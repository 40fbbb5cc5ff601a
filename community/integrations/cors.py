"""Which pages of other sites may call the API from a browser: those of registered sites, and never with cookies."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from community.integrations.queries import registered_origins

GetResponse = Callable[[HttpRequest], HttpResponse]
METHODS = "GET, POST, PUT, PATCH, DELETE"
HEADERS = "Authorization, Content-Type, Idempotency-Key"
READABLE = "RateLimit, RateLimit-Policy, Retry-After, Location, Idempotency-Replayed, X-Request-ID"


class RegisteredOrigins:
    """Adds CORS headers to the API. Credentials are never allowed, so a session cannot be borrowed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        origin = request.META.get("HTTP_ORIGIN", "")
        known = bool(origin) and origin in registered_origins()
        asks_first = request.method == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.META
        response = HttpResponse(status=204) if known and asks_first else self.get_response(request)
        patch_vary_headers(response, ["Origin"])
        if known:
            response["Access-Control-Allow-Origin"] = origin
            response["Access-Control-Expose-Headers"] = READABLE
            if asks_first:
                response["Access-Control-Allow-Methods"] = METHODS
                response["Access-Control-Allow-Headers"] = HEADERS
                response["Access-Control-Max-Age"] = "600"
        return response
