"""What threads put on the pages of others."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from community.members.doings import strands_for
from community.threads.queries.groups import latest_of_group
from community.threads.queries.outcomes import list_outcomes
from community.threads.queries.written import list_written


def latest_posts(request: HttpRequest, subject: Any) -> str:
    """Show on a profile what its member wrote lately."""
    viewer = viewer_of(request)
    context = {
        "posts": list_written(viewer, subject),
        "member": subject,
        "name": subject.name,
        "strands": strands_for(viewer, subject),
        "own": viewer is not None and viewer.pk == subject.pk,
    }
    return render_to_string("community/threads/_profile.html", context, request=request)


def group_threads(request: HttpRequest, subject: Any) -> str:
    """Show on the page of a group what its people talk about, as far as the viewer may read it."""
    found = latest_of_group(viewer_of(request), subject)
    if not found:
        return ""
    return render_to_string("community/threads/_group.html", {"threads": found}, request=request)


def became(request: HttpRequest, _subject: Any) -> str:
    """Show beside the home what became of the member's words lately."""
    viewer = viewer_of(request)
    found = list_outcomes(viewer, count=3).outcomes if viewer is not None else []
    if not found:
        return ""
    return render_to_string("community/threads/_became.html", {"outcomes": found}, request=request)
