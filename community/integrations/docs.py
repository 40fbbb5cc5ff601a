"""The interactive API reference, drawn in the browser by files of our own origin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.access import Who, allow


@allow(Who.GUEST, "GET")
def reference(request: HttpRequest) -> HttpResponse:
    """Show the reference. Swagger writes style attributes; on this one page, without any member's text, they may."""
    response = render(request, "community/integrations/api_docs.html")
    response._csp_replace = {"style-src": ["'self'", "'unsafe-inline'"]}  # type: ignore[attr-defined]
    return response
