"""All badges, and who holds one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.access import Who, allow, viewer_of
from community.web import guest_cacheable
from rewards.badges import queries
from rewards.points.panels import wants_recognition


@allow(Who.GUEST, "GET")
@guest_cacheable
def badges(request: HttpRequest) -> HttpResponse:
    """Every badge with its criteria; members see how far they are."""
    viewer = viewer_of(request)
    context = {"badges": queries.list_badges(viewer), "own": viewer is not None and wants_recognition(viewer)}
    return render(request, "rewards/badges/list.html", context)


@allow(Who.GUEST, "GET")
@guest_cacheable
def badge(request: HttpRequest, key: str) -> HttpResponse:
    """One badge and who holds it."""
    viewer = viewer_of(request)
    page = queries.get_holders_for(viewer, key, after=request.GET.get("after", "")[:60])
    context = {"page": page, "own": viewer is not None and wants_recognition(viewer)}
    return render(request, "rewards/badges/show.html", context)
