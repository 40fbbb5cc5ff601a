"""Looking at the site as a member: whose pages are drawn, what stays closed, and the banner on every page.

Asked for people of the team alone, by `config.middleware`; for everyone else it costs a comparison.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from community.members.models import Member
from community.moderation.members_desk.queries import member_seen_by
from community.moderation.members_desk.views import SEEING

END = "/moderation/see-as/end/"
# What is a member's own business, and doors that would answer as somebody they are not.
CLOSED = (
    "/messages/",
    "/rooms/",
    "/me/",
    "/notifications/",
    "/drafts/",
    "/waiting/",
    "/api/",
    "/admin/",
    "/account/",
    "/moderation/",
    "/search/suggest/",
)
_BEFORE = b'<header class="top">'

GetResponse = Callable[[HttpRequest], HttpResponse]


def seen_member(request: HttpRequest, viewer: Member) -> Member | None:
    """Return whom a person of the team looks as in this session, if anybody."""
    number = request.session.get(SEEING)
    if not isinstance(number, int) or request.path == END:
        return None
    member = member_seen_by(viewer, number)
    if member is not None:
        member.is_seen_as = True
    return member


def look_as(request: HttpRequest, member: Member, get_response: GetResponse) -> HttpResponse:
    """Answer as the member would be answered: reading only, without what is their own business."""
    request.user = member  # type: ignore[assignment]
    if request.method not in ("GET", "HEAD") or request.path.startswith(CLOSED):
        response = render(request, "community/moderation/seeing.html", {"member": member}, status=403)
    else:
        response = get_response(request)
    response.headers["Cache-Control"] = "private, no-store"
    html = response.headers.get("Content-Type", "").startswith("text/html")
    if html and not response.streaming and _BEFORE in response.content:
        banner = render_to_string("community/moderation/_seeing.html", {"member": member}, request=request)
        response.content = response.content.replace(_BEFORE, banner.encode() + _BEFORE, 1)
        if "Content-Length" in response.headers:
            response.headers["Content-Length"] = str(len(response.content))
    return response
