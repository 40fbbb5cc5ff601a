"""One message: changing it, taking it back, bringing it back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.access import Who, actor_of, allow
from community.messages import actions, limits, queries
from community.messages.forms import EditForm
from community.messages.models import Message
from community.messages.permissions import can_edit_message
from community.messages.views.inbox import REFUSALS
from community.messages.views.open_page import entries_of
from community.threads.forms import add_refusal
from community.web import done, is_fragment, say


@allow(Who.MEMBER, "GET", "POST")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the text of one's own message."""
    actor = actor_of(request)
    message = queries.get_message_for(actor, pk)
    can_edit_message(actor, message).require()
    written = {"body": message.body_md, "expected_edit_count": message.edit_count}
    form = EditForm(request.POST or None, initial=written)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_message(actor=actor, message=message, **form.cleaned_data)
        except REFUSALS as refusal:
            add_refusal(form, refusal)
        else:
            return done(request, message.get_absolute_url(), _("Your changes are saved."))
    status = 422 if form.errors else 200
    return render(request, "community/messages/edit.html", {"form": form, "message": message}, status=status)


@allow(Who.MEMBER, "POST")
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own message back."""
    actor = actor_of(request)
    message = queries.get_message_for(actor, pk)
    gone = actions.delete_message(actor=actor, message=message)
    if is_fragment(request):
        return say(_one(request, gone), _deleted_for(limits.RESTORE_FOR()))
    return done(request, message.get_absolute_url(), _deleted_for(limits.RESTORE_FOR()))


def _deleted_for(minutes: int) -> str:
    if not minutes:
        return _("Deleted.")
    sentence = ngettext(
        "Deleted. You can bring it back for %(n)d minute.",
        "Deleted. You can bring it back for %(n)d minutes.",
        minutes,
    )
    return sentence % {"n": minutes}


@allow(Who.MEMBER, "POST")
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back one's own message that was taken back a moment ago."""
    actor = actor_of(request)
    message = queries.get_own_message(actor, pk)
    back = actions.restore_message(actor=actor, message=message)
    if is_fragment(request):
        return say(_one(request, back), _("It is there again."))
    return done(request, message.get_absolute_url(), _("It is there again."))


@allow(Who.MEMBER, "POST")
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a message of a room; for who keeps order there."""
    actor = actor_of(request)
    message = queries.get_message_for(actor, pk)
    hidden = actions.hide_in_room(actor=actor, message=message)
    if is_fragment(request):
        return say(_one(request, hidden), _("Hidden."))
    return done(request, message.get_absolute_url(), _("Hidden."))


def _one(request: HttpRequest, message: Message) -> HttpResponse:
    """Answer with one message, drawn anew in its place."""
    (entry,) = queries.said_alone(actor_of(request), message)
    context = {"entry": entry, "entries": entries_of(request)}
    return render(request, "community/messages/_one.html", context)
