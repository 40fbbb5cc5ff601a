"""The list of rooms; opening, arranging, joining and leaving them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.access import Who, actor_of, allow
from community.messages import actions, queries
from community.messages.forms import AddForm, OpenRoomForm, RoomForm
from community.messages.models import Room
from community.messages.permissions import can_manage_room, can_open_room
from community.messages.views.inbox import REFUSALS
from community.threads.forms import add_refusal
from community.web import done


@allow(Who.MEMBER, "GET")
def rooms(request: HttpRequest) -> HttpResponse:
    """The rooms a member may read, those talked in last first."""
    actor = actor_of(request)
    asked = request.GET
    page = queries.room_list(
        actor, only_closed=asked.get("show") == "closed", after=asked.get("after", "")[:60]
    )
    return render(request, "community/messages/rooms.html", {"page": page, "can_open": can_open_room(actor)})


@allow(Who.MEMBER, "GET", "POST")
def open_room(request: HttpRequest) -> HttpResponse:
    """Open a room."""
    actor = actor_of(request)
    can_open_room(actor).require()
    form = OpenRoomForm(request.POST or None, viewer=actor)
    if request.method == "POST" and form.is_valid():
        try:
            room = actions.open_room(actor=actor, **form.cleaned_data)
        except REFUSALS as refusal:
            add_refusal(form, refusal)
        else:
            url = room.get_absolute_url() if room.space_id else f"/rooms/{room.pk}/people/"
            return done(request, url, _("The room is open."))
    status = 422 if form.errors else 200
    return render(request, "community/messages/room_new.html", {"form": form}, status=status)


@allow(Who.MEMBER, "GET", "POST")
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a room is called and about, its time and its pace."""
    actor = actor_of(request)
    room = queries.get_room_for(actor, pk)
    can_manage_room(actor, room).require()
    held = {name: getattr(room, name) for name in ("name", "about", "slow_seconds", "opens_at", "closes_at")}
    form = RoomForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_room(actor=actor, room=room, changes=form.cleaned_data)
        except REFUSALS as refusal:
            add_refusal(form, refusal)
        else:
            return done(request, room.get_absolute_url(), _("Your changes are saved."))
    status = 422 if form.errors else 200
    return render(
        request, "community/messages/room_arrange.html", {"form": form, "room": room}, status=status
    )


@allow(Who.MEMBER, "GET", "POST")
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is in a room, and let more people in."""
    actor = actor_of(request)
    room = queries.get_room_for(actor, pk)
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            members = queries.meant_by([form.cleaned_data["to"]])
            added = actions.invite_to_room(actor=actor, room=room, members=members)
        except REFUSALS as refusal:
            add_refusal(form, refusal)
        else:
            return done(request, f"/rooms/{pk}/people/", _added(len(added)))
    return _people(request, room, form)


def _people(request: HttpRequest, room: Room, form: AddForm) -> HttpResponse:
    context = {
        "room": room,
        "page": queries.people_of(room, after=request.GET.get("after", "")[:60]),
        "can_manage": can_manage_room(actor_of(request), room),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "community/messages/room_people.html", context, status=status)


def _added(count: int) -> str:
    if not count:
        return _("They are in it already.")
    return ngettext("%(n)d person let in.", "%(n)d people let in.", count) % {"n": count}


@allow(Who.MEMBER, "POST")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a member out of a room."""
    actor = actor_of(request)
    room = queries.get_room_for(actor, pk)
    can_manage_room(actor, room).require()
    found = queries.find_recipients(request.POST.get("handle", "")[:30]).members
    for member in found[:1]:
        actions.remove_from_room(actor=actor, room=room, member=member)
        said = _("%(name)s is out of the room.") % {"name": member.name}
        return done(request, f"/rooms/{pk}/people/", said)
    return done(request, f"/rooms/{pk}/people/")


@allow(Who.MEMBER, "POST")
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Take part in a room."""
    actor = actor_of(request)
    room = queries.get_room_for(actor, pk)
    actions.join_room(actor=actor, room=room)
    return done(request, f"/rooms/{pk}/#end", _("You are in. Say hello."))


@allow(Who.MEMBER, "POST")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a room."""
    actor = actor_of(request)
    room = queries.get_room_for(actor, pk)
    actions.leave_room(actor=actor, room=room)
    return done(request, "/rooms/", _("You left the room."))


@allow(Who.MEMBER, "POST")
def mute(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop or resume hearing of a room; `on` says which."""
    actor = actor_of(request)
    room = queries.get_room_for(actor, pk)
    muted = request.POST.get("on", "1") == "1"
    actions.mute_room(actor=actor, room=room, muted=muted)
    said = _("You are no longer told about this room.") if muted else _("You are told about it again.")
    return done(request, room.get_absolute_url(), said)


@allow(Who.MEMBER, "POST")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a room or open it again; `on` says which."""
    actor = actor_of(request)
    room = queries.get_room_for(actor, pk)
    if request.POST.get("on", "1") == "1":
        actions.close_room(actor=actor, room=room)
        return done(request, room.get_absolute_url(), _("The room is closed."))
    actions.reopen_room(actor=actor, room=room)
    return done(request, room.get_absolute_url(), _("The room is open again."))
