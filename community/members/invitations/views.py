"""The page an invitation opens, and a member's own invitations."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow, viewer_of
from community.addresses import network_of
from community.errors import DomainError
from community.limits import spend_as_reader
from community.members.invitations import actions, limits, queries
from community.members.invitations.forms import InviteForm
from community.members.invitations.permissions import can_invite, fits, standing
from community.web import done


@allow(Who.GUEST, "GET", "POST")
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """Who invites, to what, and one button. A guest goes on to join; a member gets what the invitation opens."""
    viewer = viewer_of(request)
    spend_as_reader(limits.LOOK, viewer, network_of(request), limits.LOOK)
    found = queries.get_invitation_by(code)
    verdict = standing(found)
    if viewer is not None and verdict:
        verdict = fits(found, viewer.email)
    if request.method == "POST" and verdict:
        if viewer is None:
            request.session[queries.SESSION_KEY] = code
            return done(request, f"{reverse('account_signup')}?next={quote(found.landing or '/')}")
        actions.accept_invitation(actor=viewer, invitation=found)
        actions.grant_invitations(actor=None, member=viewer)
        return done(request, found.landing or "/", _("Welcome. The invitation is yours."))
    context = {
        "invitation": found,
        "code": code,
        "verdict": verdict,
        "place": queries.place_of(found) if verdict else None,
        "is_member": viewer is not None,
        "is_own": viewer is not None and viewer.pk == found.inviter_id,
    }
    status = 200 if verdict else 410
    return render(request, "community/members/invitation.html", context, status=status)


@allow(Who.GUEST, "POST")
def decline(request: HttpRequest, code: str) -> HttpResponse:
    """No, and no more letters like this one."""
    actions.decline_invitation(actor=None, invitation=queries.get_invitation_by(code))
    return done(request, reverse("home"), _("We will not write to you about invitations again."))


@allow(Who.MEMBER, "GET", "POST")
def own(request: HttpRequest) -> HttpResponse:
    """A member's invitations: what became of them, and a form for the next."""
    actor = actor_of(request)
    most = limits.STAFF_LINK_USES() if actor.is_at_least("moderator") else limits.LINK_USES()
    form = InviteForm(request.POST if request.method == "POST" else None, most_uses=most)
    if request.method == "POST" and form.is_valid():
        try:
            said = _invite(request, form.cleaned_data)
        except DomainError as error:
            for name, sentence in (error.fields or {"": error.message}).items():
                form.add_error(name if name in form.fields else None, sentence)
        else:
            return done(request, reverse("invitation_list"), said)
    listed, more = queries.list_own(actor, after=request.GET.get("after", "")[:20])
    context = {"form": form, "listed": listed, "after": more, "may": can_invite(actor)}
    status = 422 if form.errors else 200
    return render(request, "community/members/invitations.html", context, status=status)


def _invite(request: HttpRequest, typed: dict[str, Any]) -> str:
    actor = actor_of(request)
    common = {"landing": typed["landing"], "message": typed["message"]}
    if typed["email"]:
        actions.invite_by_mail(actor=actor, email=typed["email"], **common)
        return _("The invitation is on its way.")
    actions.invite_by_link(actor=actor, uses=typed["uses"] or 1, **common)
    return _("Your link is ready. Copy it below.")


@allow(Who.MEMBER, "POST")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's invitation back."""
    actor = actor_of(request)
    actions.revoke_invitation(actor=actor, invitation=queries.get_invitation_for(actor, pk))
    return done(request, reverse("invitation_list"), _("The invitation is taken back."))
