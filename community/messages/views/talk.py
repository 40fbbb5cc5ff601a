"""One conversation: reading it, writing in it, changing what one said."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.members.models import Member
from community.messages import actions, queries
from community.messages.forms import EditForm, MessageForm
from community.messages.models import Conversation
from community.messages.permissions import can_edit_message
from community.messages.views.inbox import REFUSALS
from community.panels import panels_for
from community.threads.forms import add_refusal
from community.web import done, is_fragment
from community.writing.actions import discard_draft
from community.writing.queries import get_draft


@allow(Who.MEMBER, "GET")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A conversation, from the first unread message on."""
    places = {name: _number(request, name) for name in ("at", "before", "after")}
    actor = actor_of(request)
    page = queries.conversation_page(actor, pk, **places)
    draft = get_draft(actor, draft_key(pk))
    return _page(request, page, MessageForm(initial={"body": draft.body if draft else ""}))


def draft_key(pk: int) -> str:
    """Return under which key the text one has begun in a conversation is kept."""
    return f"message:{pk}"


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _page(
    request: HttpRequest, page: queries.ConversationPage, form: MessageForm, status: int = 200
) -> HttpResponse:
    context = {"page": page, "form": form, "entries": _entries(request)}
    return render(request, "community/messages/show.html", context, status=status)


def _entries(request: HttpRequest) -> Any:
    """Return what upper features add to the menu of a message."""
    return lambda message: panels_for("message_menu", request, message)


@allow(Who.MEMBER, "POST")
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message. What was typed comes back when it cannot be sent."""
    actor = actor_of(request)
    conversation = queries.get_conversation_for(actor, pk)
    form = MessageForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            message = actions.send_message(actor=actor, conversation=conversation, body=typed["body"])
        except REFUSALS as refusal:
            add_refusal(form, refusal)
        else:
            discard_draft(actor=actor, key=draft_key(pk))
            if is_fragment(request) and typed["seen"] is not None:
                return _said(request, actor, conversation, typed["seen"], form=MessageForm())
            return done(request, f"/messages/{pk}/#message-{message.pk}")
    page = queries.conversation_page(actor, pk)
    if is_fragment(request):
        context = {"page": page, "form": form, "seen": form["seen"].value() or 0}
        return render(request, "community/messages/_write.html", context, status=422)
    return _page(request, page, form, status=422)


def _said(
    request: HttpRequest,
    actor: Member,
    conversation: Conversation,
    seen: int,
    form: MessageForm | None = None,
) -> HttpResponse:
    """Answer with what was said after a position, and where to listen from now on."""
    said = queries.said_after(actor, conversation, seen)
    context = {
        "said": said,
        "conversation": conversation,
        "seen": said[-1].message.position if said else seen,
        "entries": _entries(request),
        "form": form,
        "page": queries.conversation_page(actor, conversation.pk) if form is not None else None,
    }
    return render(request, "community/messages/_said_after.html", context)


@allow(Who.MEMBER, "GET")
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """Send what was said after a position to a page that is open."""
    actor = actor_of(request)
    conversation = queries.get_conversation_for(actor, pk)
    return _said(request, actor, conversation, _number(request, "after") or 0)


@allow(Who.MEMBER, "POST")
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Note how far the member has read; told by the page while scrolling, or by its button."""
    actor = actor_of(request)
    conversation = queries.get_conversation_for(actor, pk)
    text = request.POST.get("position", "")
    position = int(text) if text.isdecimal() and len(text) < 10 else None
    actions.mark_read(actor=actor, conversation=conversation, position=position)
    if request.POST.get("quiet"):
        return HttpResponse(status=204)
    return done(request, "/messages/", _("Marked as read."))


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
    actions.delete_message(actor=actor, message=message)
    return done(request, message.get_absolute_url(), _("Deleted."))
