"""The brand's stylesheet, logo and app, the reader's choice of light or dark, and the standing pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from community.access import Who, allow
from community.brand.installed import draw_icon, icons_mark, manifest, service_worker
from community.brand.models import Brand
from community.brand.preview import Preview, draw, preview_of
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


@allow(Who.GUEST, "GET")
def preview(request: HttpRequest, hash: str) -> HttpResponse:
    """Send the picture other sites show for a link to the community."""
    brand = current_brand()
    return send_preview(preview_of(brand), brand, hash)


def send_preview(picture: Preview, brand: Brand, hash: str) -> HttpResponse:
    """Send a picture. An address of an older title or look gets today's, for a minute."""
    response = HttpResponse(draw(picture, brand), content_type="image/png")
    response["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if hash == picture.hash else "public, max-age=60"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@allow(Who.GUEST, "GET")
def icon(request: HttpRequest, kind: str) -> HttpResponse:
    """Send an icon of the community as an app."""
    brand = current_brand()
    drawn = draw_icon(brand, kind)
    if drawn is None:
        raise NotFound()
    response = HttpResponse(drawn, content_type="image/png")
    is_todays = request.GET.get("v") == icons_mark(brand)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_todays else "public, max-age=3600"
    return response


@allow(Who.GUEST, "GET")
def touch_icon(request: HttpRequest) -> HttpResponse:
    """Send the icon that telephones ask for by this name."""
    return icon(request, kind="touch")


@allow(Who.GUEST, "GET")
def app_manifest(request: HttpRequest) -> HttpResponse:
    """Say how the community is installed as an app."""
    response = JsonResponse(manifest(current_brand()), content_type="application/manifest+json")
    response["Cache-Control"] = "private, max-age=3600"
    return response


@allow(Who.GUEST, "GET")
def worker(request: HttpRequest) -> HttpResponse:
    """Send the script that shows notices and the offline page. At the root, because it may reach no higher than it lies."""
    script = service_worker(current_brand())
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    # Asked for at every page; once an hour is enough.
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@allow(Who.GUEST, "GET")
def offline(request: HttpRequest) -> HttpResponse:
    """Show what a browser keeps for when there is no connection: the same for everyone, nothing personal."""
    response = render(request, "community/brand/offline.html")
    response["Cache-Control"] = "private, no-cache"
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
