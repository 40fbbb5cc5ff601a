"""The way in on the door page of a private space."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from community.spaces.entering.forms import EntryForm
from community.spaces.entering.queries import get_door_for, may_ask, open_entry


def way_in(request: HttpRequest, subject: Any, form: EntryForm | None = None) -> str:
    """Offer to ask, or say that one has asked."""
    viewer = viewer_of(request)
    if viewer is None:
        return ""
    space = get_door_for(viewer, subject.slug)
    ask = open_entry(space, viewer)
    verdict = may_ask(viewer, space) if ask is None else None
    context = {"slug": space.slug, "ask": ask, "verdict": verdict, "form": form or EntryForm()}
    return render_to_string("community/spaces/_way_in.html", context, request=request)
