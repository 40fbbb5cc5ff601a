"""Who is in a conversation, what it is called, and whether one hears of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.access import Who, actor_of, allow
from community.messages import actions, queries
from community.messages.forms import AddForm, TitleForm
from community.messages.models import Conversation
from community.messages.permissions import can_arrange
from community.messages.views.inbox import REFUSALS
from community.threads.forms import add_refusal
from community.web import done


@allow(Who.MEMBER, "GET", "POST")
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Add people to a group, and give it another title."""
    actor = actor_of(request)
    conversation = queries.get_conversation_for(actor, pk)
    can_arrange(actor, conversation).require()
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_members(
                actor=actor, conversation=conversation, members=queries.meant_by([form.cleaned_data["to"]])
            )
        except REFUSALS as refusal:
            add_refusal(form, refusal)
        else:
            return done(request, conversation.get_absolute_url(), _added(len(added)))
    return _page(request, conversation, form, TitleForm(initial={"title": conversation.title}))


def _added(count: int) -> str:
    if not count:
        return _("They are in it already.")
    return ngettext("%(n)d person added.", "%(n)d people added.", count) % {"n": count}


@allow(Who.MEMBER, "POST")
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a group another title."""
    actor = actor_of(request)
    conversation = queries.get_conversation_for(actor, pk)
    form = TitleForm(request.POST)
    if form.is_valid():
        try:
            actions.rename_conversation(
                actor=actor, conversation=conversation, title=form.cleaned_data["title"]
            )
        except REFUSALS as refusal:
            add_refusal(form, refusal)
        else:
            return done(request, conversation.get_absolute_url(), _("Renamed."))
    return _page(request, conversation, AddForm(), form)


def _page(
    request: HttpRequest, conversation: Conversation, form: AddForm, title_form: TitleForm
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "conversation": conversation,
        "people": queries.others_in(conversation, actor),
        "form": form,
        "title_form": title_form,
    }
    status = 422 if form.errors or title_form.errors else 200
    return render(request, "community/messages/people.html", context, status=status)


@allow(Who.MEMBER, "POST")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a group."""
    actor = actor_of(request)
    conversation = queries.get_conversation_for(actor, pk)
    actions.leave_conversation(actor=actor, conversation=conversation)
    return done(request, "/messages/", _("You left the conversation."))


@allow(Who.MEMBER, "POST")
def mute(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop or resume hearing of a conversation; `on` says which."""
    actor = actor_of(request)
    conversation = queries.get_conversation_for(actor, pk)
    muted = request.POST.get("on", "1") == "1"
    actions.mute_conversation(actor=actor, conversation=conversation, muted=muted)
    said = (
        _("You are no longer told about this conversation.") if muted else _("You are told about it again.")
    )
    return done(request, conversation.get_absolute_url(), said)
