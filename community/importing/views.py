"""The old addresses of imported communities."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from community.access import Who, allow, viewer_of
from community.importing.addresses import member_address, named_address, post_address, thread_address


@allow(Who.GUEST, "GET")
def thread(
    request: HttpRequest, number: int, position: int = 0, answer: int = 0, slug: str = ""
) -> HttpResponse:
    """Lead from an old thread to the new one, and to a post of it where the old address named one."""
    viewer = viewer_of(request)
    to = post_address(viewer, answer) if answer else thread_address(viewer, number, position)
    return HttpResponsePermanentRedirect(to)


@allow(Who.GUEST, "GET")
def post(request: HttpRequest, number: int, by: int = 0) -> HttpResponse:
    """Lead from an old post to the new one. `by` is who had shared it; nobody needs to know that here."""
    return HttpResponsePermanentRedirect(post_address(viewer_of(request), number))


@allow(Who.GUEST, "GET")
def member(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """Lead from an old profile to the new one."""
    return HttpResponsePermanentRedirect(member_address(number))


@allow(Who.GUEST, "GET")
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from an old list of a tag to the new one."""
    return HttpResponsePermanentRedirect(f"/tags/{slug}/")


@allow(Who.GUEST, "GET")
def handle(request: HttpRequest, handle: str) -> HttpResponse:
    """Lead from an old profile by name to the one of that name."""
    return HttpResponsePermanentRedirect(named_address(handle))
