"""The line about one's own level on the own profile. It asks the database nothing."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from community.members.models import Role
from community.members.trust.marks import level_name


def own_level(request: HttpRequest, subject: Any) -> str:
    """Name a member's level to themselves, with the way to the page that says what is missing."""
    viewer = viewer_of(request)
    if viewer is None or viewer.pk != subject.pk or viewer.role != Role.MEMBER:
        return ""
    context = {"level": viewer.trust_level, "name": level_name(viewer.trust_level)}
    return render_to_string("community/members/_trust.html", context, request=request)
