"""Asking at the door of a private space."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import Invalid
from community.spaces.entering import actions, queries
from community.spaces.entering.forms import EntryForm
from community.web import done


@allow(Who.MEMBER, "POST")
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to be let in, or take the request back (`on` says which)."""
    actor = actor_of(request)
    space = queries.get_door_for(actor, slug)
    if request.POST.get("on") == "0":
        actions.withdraw_entry(actor=actor, space=space)
        return done(request, space.get_absolute_url(), _("Your request is taken back."))
    form = EntryForm(request.POST)
    if form.is_valid():
        try:
            actions.ask_to_enter(actor=actor, space=space, words=form.cleaned_data["words"])
            return done(
                request, space.get_absolute_url(), _("You asked to join. We tell you what comes of it.")
            )
        except Invalid as error:
            form.add_error("words", error.fields.get("words", error.message))
    return render(request, "community/spaces/ask.html", {"space": space, "form": form}, status=422)


@allow(Who.MEMBER, "GET")
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """Who asks to be let in: for moderators of the space and managers."""
    space, asks = queries.waiting_in(actor_of(request), slug)
    return render(request, "community/spaces/asked.html", {"space": space, "asks": asks})


@allow(Who.MEMBER, "POST")
def answer(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Let somebody in who asked, or not (`accept` says which), with a word that they read."""
    actor = actor_of(request)
    waiting = queries.get_entry_for(actor, slug, handle)
    accept = request.POST.get("accept") == "1"
    actions.answer_entry(actor=actor, ask=waiting, accept=accept, answer=request.POST.get("answer", ""))
    words = _("%(name)s is in now.") if accept else _("%(name)s is told that it does not work out.")
    return done(request, f"/s/{slug}/asked/", words % {"name": waiting.member.name})
