"""One room: reading it, talking in it, who is there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.members.models import Member
from community.messages import actions, queries
from community.messages.forms import RoomMessageForm
from community.messages.models import Room
from community.messages.views.inbox import REFUSALS
from community.messages.views.open_page import ROOM, Open, asked_open, entries_of, number_of, open_of
from community.threads.forms import add_refusal
from community.web import done, is_fragment


@allow(Who.MEMBER, "GET")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A room, from the first unread message on."""
    asked = queries.Asked(**{name: number_of(request, name) for name in ("at", "before", "after")})
    page = queries.room_page(actor_of(request), pk, asked)
    if is_fragment(request) and asked.before is not None:
        return render(
            request, "community/messages/_earlier.html", {"page": page, "entries": entries_of(request)}
        )
    return _page(request, page, RoomMessageForm())


def _page(
    request: HttpRequest, page: queries.RoomPage, form: RoomMessageForm, status: int = 200
) -> HttpResponse:
    context = {"page": page, "form": form, "entries": entries_of(request), "talk": ROOM}
    return render(request, "community/messages/room.html", context, status=status)


@allow(Who.MEMBER, "POST")
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something. What was typed comes back when it cannot be said."""
    actor = actor_of(request)
    room = queries.get_room_for(actor, pk)
    form = RoomMessageForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            message = actions.say_in_room(actor=actor, room=room, body=typed["body"])
        except REFUSALS as refusal:
            add_refusal(form, refusal)
        else:
            if is_fragment(request) and typed["seen"] is not None:
                return _news(request, actor, room, Open(typed["seen"], typed["rev"]), RoomMessageForm())
            return done(request, f"/rooms/{pk}/#message-{message.pk}")
    page = queries.room_page(actor, pk, queries.Asked())
    if is_fragment(request):
        context = {"page": page, "form": form, "open": open_of(form), "talk": ROOM}
        return render(request, "community/messages/_write.html", context, status=422)
    return _page(request, page, form, status=422)


def _news(
    request: HttpRequest, actor: Member, room: Room, seen: Open, form: RoomMessageForm | None = None
) -> HttpResponse:
    writing = queries.room_writing(actor, room)
    if form is None and writing.can_send and request.GET.get("off"):
        # The page has no form yet: the room has opened since.
        form = RoomMessageForm()
    context = {
        "changes": queries.changes_after(
            actor, room.conversation, revision=seen.revision, seen=seen.position
        ),
        "conversation": room.conversation,
        "entries": entries_of(request),
        "form": form,
        "page": writing,
        "talk": ROOM,
    }
    return render(request, "community/messages/_news.html", context)


@allow(Who.MEMBER, "GET")
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a page that is open what it has not seen yet."""
    actor = actor_of(request)
    return _news(request, actor, queries.get_room_for(actor, pk), asked_open(request))


@allow(Who.MEMBER, "GET")
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who has the room open now."""
    actor = actor_of(request)
    room = queries.get_room_for(actor, pk)
    return render(
        request, "community/messages/_here.html", {"room": room, "here": queries.here_in(actor, room)}
    )


@allow(Who.MEMBER, "POST")
def typing(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the others see that the member is typing. Keeps nothing."""
    actor = actor_of(request)
    room = queries.get_room_for(actor, pk)
    actions.note_typing(actor=actor, conversation=room.conversation)
    return HttpResponse(status=204)


@allow(Who.MEMBER, "POST")
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Note how far the member has read; told by the page while scrolling, or by its button."""
    actor = actor_of(request)
    room = queries.get_room_for(actor, pk)
    text = request.POST.get("position", "")
    position = int(text) if text.isdecimal() and len(text) < 10 else None
    actions.mark_room_read(actor=actor, room=room, position=position)
    if request.POST.get("quiet"):
        return HttpResponse(status=204)
    return done(request, "/rooms/", _("Marked as read."))
