"""What quests put on other pages: the few one is in beside the home feed, and the switch among one's settings."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from rewards.points.panels import wants_recognition
from rewards.quests.models import Choice
from rewards.quests.queries import cards_for_home


def home_card(request: HttpRequest, subject: Any) -> str:
    """Show the quests a member is in or could join; nothing where there is none."""
    viewer = viewer_of(request)
    cards = cards_for_home(viewer) if viewer is not None else []
    if not cards:
        return ""
    return render_to_string("rewards/quests/_home.html", {"cards": cards}, request=request)


def own_switch(request: HttpRequest, subject: Any) -> str:
    """Let a member hide quests from themselves; not offered while all recognition is off."""
    viewer = viewer_of(request)
    if viewer is None or not wants_recognition(viewer):
        return ""
    hides = Choice.objects.filter(member=viewer, hides=True).exists()
    return render_to_string("rewards/quests/_switch.html", {"hides": hides}, request=request)
