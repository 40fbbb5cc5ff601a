"""What machines read: feeds of new threads, the map of public pages, and the rules for robots."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.access import Who, allow
from community.threads import queries
from community.threads.queries import Order
from community.web import guest_cacheable

ATOM = "application/atom+xml; charset=utf-8"


@allow(Who.GUEST, "GET")
@guest_cacheable
def latest(request: HttpRequest) -> HttpResponse:
    """Send the newest public threads as Atom, whoever asks."""
    listed = queries.list_threads(None, order=Order.NEWEST)
    return _atom(request, {"threads": listed.threads, "name": "", "path": "/"})


@allow(Who.GUEST, "GET")
@guest_cacheable
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the newest threads of a public space as Atom, whoever asks."""
    place = queries.space_place(None, slug)
    listed = queries.list_threads(None, order=Order.NEWEST, space_id=place.pk)
    context = {"threads": listed.threads, "name": place.name, "path": place.get_absolute_url()}
    return _atom(request, context)


def _atom(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    context |= {"home": request.build_absolute_uri("/").rstrip("/"), "here": request.build_absolute_uri()}
    context["updated"] = max((row.created_at for row in context["threads"]), default=None)
    return render(request, "community/threads/feed.xml", context, content_type=ATOM)


@allow(Who.GUEST, "GET")
@guest_cacheable
def sitemap(request: HttpRequest) -> HttpResponse:
    """Send the addresses of the public spaces and threads, newest first, a page at a time."""
    after = queries.read_cursor(request.GET.get("after", ""))
    context = {
        "home": request.build_absolute_uri("/").rstrip("/"),
        "entries": queries.public_addresses(after.pk if after else None),
        "spaces": queries.space_cards(None) if after is None else [],
    }
    return render(request, "community/threads/sitemap.xml", context, content_type="application/xml")


@allow(Who.GUEST, "GET")
@guest_cacheable
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what is worth reading."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/admin/", "/api/", "/search/", "/sign-in/", "/join/", "/new/")),
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
