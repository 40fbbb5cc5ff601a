"""What thanks put on the pages of others: the pinned shout-out at home, thanks on a profile, and the ways to thank."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.access import viewer_of
from community.members.permissions import can_read_profile
from rewards.praise import remembered
from rewards.praise.permissions import may_offer_thanks
from rewards.praise.queries import ON_PROFILE, any_is_pinned, pinned_shouts, received_by


def pinned_card(request: HttpRequest, _subject: Any) -> str:
    """Show above the lists of the home what the team says thank you for now."""
    if remembered.nothing_is_pinned():
        return ""
    shouts = pinned_shouts(viewer_of(request))
    if not shouts:
        # One that this reader may not see is asked for again, and is rare.
        if not any_is_pinned():
            remembered.remember_nothing()
        return ""
    return render_to_string("rewards/praise/_home.html", {"shouts": shouts}, request=request)


def profile_thanks(request: HttpRequest, subject: Any) -> str:
    """Show on a profile the latest thanks its member received, as far as the viewer may read them."""
    viewer = viewer_of(request)
    if not can_read_profile(viewer, subject):
        return ""
    lines = received_by(viewer, subject)
    if not lines:
        return ""
    own = viewer is not None and viewer.pk == subject.pk
    context = {
        "lines": lines[:ON_PROFILE],
        "more": len(lines) > ON_PROFILE,
        "member": subject,
        "hidden": own and not subject.show_thanks,
    }
    return render_to_string("rewards/praise/_profile.html", context, request=request)


def thank_link(request: HttpRequest, subject: Any) -> str:
    """Offer on a profile to thank its member."""
    if not may_offer_thanks(viewer_of(request), subject):
        return ""
    return render_to_string("rewards/praise/_thank_link.html", {"member": subject}, request=request)


def thank_entry(request: HttpRequest, subject: Any) -> str:
    """Offer in the menu of a post to thank its author for it."""
    if subject.state != "visible" or not may_offer_thanks(viewer_of(request), subject.author):
        return ""
    return render_to_string("rewards/praise/_menu_entry.html", {"post": subject}, request=request)
