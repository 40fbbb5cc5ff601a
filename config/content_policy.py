"""Writes the content policy. Nearly all pages have the same one, so it is put together once."""

from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponseBase

PER_ANSWER = ("_csp_update", "_csp_replace", "_csp_exempt", "_csp_config")


@cache
def _plain_policy() -> str:
    return str(build_policy())


class ContentPolicy(CSPMiddleware):  # type: ignore[misc]
    """django-csp's middleware with a short cut for answers that ask for nothing of their own and used no nonce."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Write the policy unless the answer has one already."""
        asks = getattr(request, "_csp_nonce", None) or any(hasattr(response, name) for name in PER_ANSWER)
        if asks or HEADER in response:
            return super().process_response(request, response)  # type: ignore[no-any-return]
        response[HEADER] = _plain_policy()
        return response
