"""The brand's stylesheet and logo, the reader's choice of light or dark, and the standing pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from community.access import Who, allow
from community.brand.queries import current_brand, theme_of
from community.brand.text import to_html
from community.errors import NotFound

YEAR = 31536000
THEME_COOKIE = "look"


@allow(Who.GUEST, "GET")
def theme(request: HttpRequest, hash: str) -> HttpResponse:
    """Send the stylesheet. An address of an older look gets today's, for a minute."""
    now = theme_of(current_brand())
    response = HttpResponse(now.css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if hash == now.hash else "public, max-age=60"
    )
    return response


@allow(Who.GUEST, "GET")
def logo(request: HttpRequest, hash: str) -> HttpResponse:
    """Send the uploaded logo."""
    brand = current_brand()
    if not brand.logo:
        raise NotFound()
    response = HttpResponse(bytes(brand.logo), content_type="image/png")
    response["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if hash == brand.logo_hash else "public, max-age=60"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@allow(Who.GUEST, "POST")
def choose_look(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the device's choice in this browser."""
    look = request.POST.get("look", "system")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response: HttpResponse = (
        HttpResponse(status=204) if request.headers.get("HX-Request") else HttpResponseRedirect(back)
    )
    if look in ("light", "dark", "system"):
        response.set_cookie(
            THEME_COOKIE, look, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return response


@allow(Who.GUEST, "GET")
def guidelines(request: HttpRequest) -> HttpResponse:
    """Show how we treat each other."""
    return _standing(request, "guidelines", current_brand().guidelines)


@allow(Who.GUEST, "GET")
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept about people, why, and how to have it removed."""
    return _standing(request, "privacy", current_brand().privacy)


@allow(Who.GUEST, "GET")
def terms(request: HttpRequest) -> HttpResponse:
    """Show the terms."""
    return _standing(request, "terms", current_brand().terms)


@allow(Who.GUEST, "GET")
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show what was done for accessibility and whom to write to."""
    return _standing(request, "accessibility", "")


def _standing(request: HttpRequest, name: str, own_text: str) -> HttpResponse:
    context: dict[str, Any] = {
        "own_html": to_html(own_text) if own_text.strip() else "",
        "here": reverse(f"brand_{name}"),
    }
    return render(request, f"community/brand/{name}.html", context)
