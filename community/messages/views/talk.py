"""One conversation: reading it, and writing in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.members.models import Member
from community.messages import actions, queries
from community.messages.forms import MessageForm
from community.messages.models import Conversation
from community.messages.views.inbox import REFUSALS
from community.messages.views.open_page import CONVERSATION, Open, asked_open, entries_of, number_of, open_of
from community.threads.forms import add_refusal
from community.web import done, is_fragment
from community.writing.actions import discard_draft
from community.writing.queries import get_draft


@allow(Who.MEMBER, "GET")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A conversation, from the first unread message on."""
    places = {name: number_of(request, name) for name in ("at", "before", "after")}
    actor = actor_of(request)
    page = queries.conversation_page(actor, pk, **places)
    if is_fragment(request) and places["before"] is not None:
        return render(
            request, "community/messages/_earlier.html", {"page": page, "entries": entries_of(request)}
        )
    draft = get_draft(actor, draft_key(pk))
    return _page(request, page, MessageForm(initial={"body": draft.body if draft else ""}))


def draft_key(pk: int) -> str:
    """Return under which key the text one has begun in a conversation is kept."""
    return f"message:{pk}"


def _page(
    request: HttpRequest, page: queries.ConversationPage, form: MessageForm, status: int = 200
) -> HttpResponse:
    context = {"page": page, "form": form, "entries": entries_of(request), "talk": CONVERSATION}
    return render(request, "community/messages/show.html", context, status=status)


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
                return _news(request, actor, conversation, Open(typed["seen"], typed["rev"]), MessageForm())
            return done(request, f"/messages/{pk}/#message-{message.pk}")
    page = queries.conversation_page(actor, pk)
    if is_fragment(request):
        context = {"page": page, "form": form, "open": open_of(form), "talk": CONVERSATION}
        return render(request, "community/messages/_write.html", context, status=422)
    return _page(request, page, form, status=422)


def _news(
    request: HttpRequest,
    actor: Member,
    conversation: Conversation,
    seen: Open,
    form: MessageForm | None = None,
) -> HttpResponse:
    """Answer with what an open page has not seen, and where to listen from now on."""
    context = {
        "changes": queries.changes_after(actor, conversation, revision=seen.revision, seen=seen.position),
        "conversation": conversation,
        "entries": entries_of(request),
        "form": form,
        "page": queries.conversation_page(actor, conversation.pk) if form is not None else None,
        "read_by": queries.read_by_now(actor, conversation),
        "talk": CONVERSATION,
    }
    return render(request, "community/messages/_news.html", context)


@allow(Who.MEMBER, "GET")
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a page that is open what it has not seen yet."""
    actor = actor_of(request)
    conversation = queries.get_conversation_for(actor, pk)
    return _news(request, actor, conversation, asked_open(request))


@allow(Who.MEMBER, "POST")
def typing(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the others see that the member is typing. Keeps nothing."""
    actor = actor_of(request)
    actions.note_typing(actor=actor, conversation=queries.get_conversation_for(actor, pk))
    return HttpResponse(status=204)


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
