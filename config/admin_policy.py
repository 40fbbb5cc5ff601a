"""The admin's own content policy: its interface library evaluates expressions and sets styles, which pages never may.

Still no other host and no inline script: what a member typed cannot run there either.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

WIDER = {"script-src": ["'unsafe-eval'"], "style-src": ["'unsafe-inline'"]}


class AdminPolicy:
    """Widens the policy for the admin and nothing else. Stands inside django-csp's middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix = ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        self.prefix = self.prefix or reverse("admin:index")
        if request.path.startswith(self.prefix):
            response._csp_update = WIDER  # type: ignore[attr-defined]
            response.headers["Referrer-Policy"] = "same-origin"
        return response
