"""All badges, and who holds one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow, viewer_of
from community.errors import DomainError, NotFound
from community.members.queries import get_member_for
from community.web import done, guest_cacheable
from rewards.badges import queries
from rewards.badges.actions import nominate_member, pin_badges
from rewards.badges.forms import PinsForm, ProposalForm
from rewards.points.panels import wants_recognition
from rewards.points.words import translated


@allow(Who.GUEST, "GET")
@guest_cacheable
def badges(request: HttpRequest) -> HttpResponse:
    """Every badge with its criteria; members see how far they are."""
    viewer = viewer_of(request)
    context = {
        "families": queries.list_families(viewer),
        "own": viewer is not None and wants_recognition(viewer),
    }
    return render(request, "rewards/badges/list.html", context)


@allow(Who.GUEST, "GET")
@guest_cacheable
def badge(request: HttpRequest, key: str) -> HttpResponse:
    """One badge and who holds it."""
    viewer = viewer_of(request)
    page = queries.get_holders_for(viewer, key, after=request.GET.get("after", "")[:60])
    context = {"page": page, "own": viewer is not None and wants_recognition(viewer)}
    return render(request, "rewards/badges/show.html", context)


@allow(Who.MEMBER, "GET", "POST")
def pins(request: HttpRequest) -> HttpResponse:
    """Which of one's badges stand first on the profile and on the card."""
    actor = actor_of(request)
    held = list(queries.held_badges(actor))
    data = request.POST if request.method == "POST" else None
    form = PinsForm(held, queries.pinned_keys(actor), data)
    if request.method == "POST" and form.is_valid():
        try:
            pin_badges(actor=actor, keys=form.keys())
        except DomainError as error:
            form.refuse(error.fields or {"": error.message})
        else:
            return done(request, reverse("badge_pins"), _("Saved."))
    context = {"form": form, "held": held, "member": actor}
    status = 422 if form.errors else 200
    return render(request, "rewards/badges/pins.html", context, status=status)


@allow(Who.MEMBER, "GET", "POST")
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Proposing another member for a badge that is open to it."""
    actor = actor_of(request)
    badge = queries.get_open_badge_for(actor, key)
    form = ProposalForm(request.POST or None, initial={"handle": request.GET.get("for", "")[:30]})
    if request.method == "POST" and form.is_valid():
        try:
            member = get_member_for(actor, form.cleaned_data["handle"])
            nominate_member(actor=actor, badge=badge, member=member, words=form.cleaned_data["words"])
        except NotFound:
            form.add_error("handle", _("Nobody has this handle"))
        except DomainError as error:
            form.refuse(error.fields or {"": error.message})
        else:
            said = _("Thank you. The team looks at it, and you hear what comes of it.")
            return done(request, badge.get_absolute_url(), said)
    context = {"form": form, "badge": badge, "name": translated(badge.name)}
    return render(request, "rewards/badges/propose.html", context, status=422 if form.is_bound else 200)
