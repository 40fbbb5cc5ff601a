"""Looking after a question: what it is missing, who is answering, whether it is solved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import Invalid, RateLimited, Refused
from community.threads import actions, permissions, queries
from community.threads.forms import MissingForm, add_refusal
from community.threads.queries.rows import thread_path
from community.web import done


@allow(Who.MEMBER, "GET", "POST")
def missing(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for what a question is missing; with `on` 0, say that nothing is missing any more."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    path = thread_path(thread.pk, thread.title)
    if request.method == "POST" and request.POST.get("on") == "0":
        actions.have_information(actor=actor, thread=thread)
        return done(request, path, _("Nothing is missing any more."))
    form = MissingForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.want_information(actor=actor, thread=thread, missing=form.cleaned_data["missing"])
            except (Invalid, RateLimited, Refused) as refusal:
                status = refusal.status
                add_refusal(form, refusal)
            else:
                return done(request, path, _("The asker is told what is missing."))
    verdict = permissions.can_want_information(actor, thread)
    context = {"form": form, "thread": thread, "verdict": verdict}
    return render(request, "community/threads/missing.html", context, status=status)


@allow(Who.MEMBER, "POST")
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one is answering a question, or no longer when `on` is 0."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    path = thread_path(thread.pk, thread.title)
    if request.POST.get("on") == "0":
        actions.give_up_claim(actor=actor, thread=thread)
        return done(request, path, _("The question is free for others again."))
    actions.claim_question(actor=actor, thread=thread)
    return done(request, f"{path}#reply", _("Others see that you are answering. Take your time."))


@allow(Who.MEMBER, "POST")
def not_yet(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an asker's "not yet", and lead them to where they say what is still missing."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    actions.say_not_yet(actor=actor, thread=thread)
    sentence = _("It stays open. Say what is still missing, and others can go on from there.")
    return done(request, f"{thread_path(thread.pk, thread.title)}#reply", sentence)


@allow(Who.MEMBER, "POST")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open one's own question that was closed because nothing came."""
    actor = actor_of(request)
    thread = actions.reopen_question(actor=actor, thread=queries.get_thread_for(actor, pk))
    sentence = _("Your question is open again. Add what is missing, so that others can answer.")
    return done(request, f"{thread_path(thread.pk, thread.title)}#reply", sentence)
