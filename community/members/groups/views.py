"""Pages of groups: the list, one group, joining and leaving, and what its owners decide."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow, viewer_of
from community.errors import DomainError, NotFound
from community.members.groups import actions, queries
from community.members.groups.forms import AskForm, DescriptionForm, InviteForm
from community.members.groups.permissions import can_lead_group
from community.members.queries import get_member_for
from community.panels import panels_for
from community.web import done


@allow(Who.GUEST, "GET")
def index(request: HttpRequest) -> HttpResponse:
    """The groups one may know of."""
    return render(request, "community/members/groups.html", {"page": queries.list_groups(viewer_of(request))})


@allow(Who.GUEST, "GET")
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One group: what it is for, who is in it, and what those who lead it decide."""
    return _page(request, slug)


def _page(request: HttpRequest, slug: str, **forms: Any) -> HttpResponse:
    page = queries.get_group_page(viewer_of(request), slug, request.GET.get("after", "")[:20])
    context = {
        "page": page,
        "ask_form": AskForm(),
        "invite_form": InviteForm(),
        "sections": panels_for("group", request, page.group) if page.sees_people else [],
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "community/members/group.html", context, status=status)


@allow(Who.MEMBER, "POST")
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Join an open group."""
    actor = actor_of(request)
    group = queries.get_group_for(actor, slug)
    actions.join_group(actor=actor, group=group)
    return done(request, group.get_absolute_url(), _("You are in %(group)s now.") % {"group": group.name})


@allow(Who.MEMBER, "POST")
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a group. One that only its people see leads back to the list."""
    actor = actor_of(request)
    group = queries.get_group_for(actor, slug)
    actions.leave_group(actor=actor, group=group)
    try:
        place = queries.get_group_for(actor, slug).get_absolute_url()
    except NotFound:
        place = "/groups/"
    return done(request, place, _("You left %(group)s.") % {"group": group.name})


@allow(Who.MEMBER, "POST")
def step_down(request: HttpRequest, slug: str) -> HttpResponse:
    """Stay in a group and look after it no longer."""
    actor = actor_of(request)
    group = queries.get_group_for(actor, slug)
    actions.set_owner(actor=actor, group=group, member=actor, is_owner=False)
    return done(
        request, group.get_absolute_url(), _("You no longer look after %(group)s.") % {"group": group.name}
    )


@allow(Who.MEMBER, "POST")
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to join, or take the request back (`on` says which)."""
    actor = actor_of(request)
    group = queries.get_group_for(actor, slug)
    if request.POST.get("on") == "0":
        actions.withdraw_ask(actor=actor, group=group)
        return done(request, group.get_absolute_url(), _("Your request is taken back."))
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, slug, ask_form=form)
    actions.ask_to_join(actor=actor, group=group, words=form.cleaned_data["words"])
    return done(request, group.get_absolute_url(), _("You asked to join. We tell you what comes of it."))


@allow(Who.MEMBER, "POST")
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow an invitation, or not (`accept` says which)."""
    actor = actor_of(request)
    group = queries.get_group_for(actor, slug)
    accept = request.POST.get("accept") == "1"
    actions.answer_invitation(actor=actor, group=group, accept=accept)
    if accept:
        return done(request, group.get_absolute_url(), _("You are in %(group)s now.") % {"group": group.name})
    return done(request, "/groups/", _("You declined the invitation."))


@allow(Who.MEMBER, "POST")
def decide(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Let somebody in who asked, or not (`accept` says which)."""
    actor = actor_of(request)
    waiting = queries.get_request_for(actor, slug, handle)
    accept = request.POST.get("accept") == "1"
    actions.answer_request(actor=actor, ask=waiting, accept=accept)
    words = _("%(name)s is in now.") if accept else _("%(name)s is told that it does not work out.")
    return done(request, waiting.group.get_absolute_url(), words % {"name": waiting.member.name})


@allow(Who.MEMBER, "POST")
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody into a group."""
    actor = actor_of(request)
    group = queries.get_group_for(actor, slug)
    can_lead_group(actor, group).require()
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, slug, invite_form=form)
    try:
        member = get_member_for(actor, form.cleaned_data["handle"].strip().lstrip("@"))
        actions.invite_member(actor=actor, group=group, member=member)
    except NotFound:
        form.add_error("handle", _("Nobody here is called that."))
        return _page(request, slug, invite_form=form)
    except DomainError as error:
        if error.status == 409:
            form.add_error("handle", error.message)
            return _page(request, slug, invite_form=form)
        raise
    return done(request, group.get_absolute_url(), _("%(name)s is invited.") % {"name": member.name})


@allow(Who.MEMBER, "POST")
def remove(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Take somebody out of a group."""
    actor = actor_of(request)
    group = queries.get_group_for(actor, slug)
    can_lead_group(actor, group).require()
    member = get_member_for(actor, handle)
    actions.remove_from_group(actor=actor, group=group, member=member)
    return done(request, group.get_absolute_url(), _("%(name)s is out of the group.") % {"name": member.name})


@allow(Who.MEMBER, "GET", "POST")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a group is for."""
    actor = actor_of(request)
    group = queries.get_group_for(actor, slug)
    can_lead_group(actor, group).require()
    form = DescriptionForm(request.POST or None, initial={"description": group.description})
    if request.method == "POST" and form.is_valid():
        actions.change_group(actor=actor, group=group, changes=form.cleaned_data)
        return done(request, group.get_absolute_url(), _("Saved."))
    status = 422 if form.errors else 200
    return render(request, "community/members/group_edit.html", {"group": group, "form": form}, status=status)
