"""The inbox, and beginning a conversation."""

import re
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import Conflict, Invalid, RateLimited, Refused
from community.members.models import Member
from community.messages import actions, limits, queries
from community.messages.forms import BeginForm
from community.messages.permissions import can_begin, can_gather
from community.threads.forms import add_refusal
from community.web import done

# What leaves the text on the page with the reason beside it, so that nothing typed is lost.
REFUSALS = (Invalid, Conflict, RateLimited, Refused)
_LAST_WORD = re.compile(r"^(.*[,;\s])?([^,;\s]*)$", re.S)


@allow(Who.MEMBER, "GET")
def inbox(request: HttpRequest) -> HttpResponse:
    """A member's conversations, those written in last first."""
    asked = request.GET
    page = queries.inbox_page(
        actor_of(request),
        only_unread=asked.get("show") == "unread",
        words=asked.get("q", "")[:80].strip(),
        after=asked.get("after", "")[:60],
    )
    return render(request, "community/messages/inbox.html", {"page": page})


@allow(Who.MEMBER, "GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    """Write to someone. To one person, it goes on where the two have written before."""
    actor = actor_of(request)
    if request.method == "GET":
        asked = {name: request.GET.get(name, "")[:400] for name in ("to", "title")}
        met = queries.find_recipients(asked["to"]).members
        return _compose(request, BeginForm(initial=asked), met=met)
    form = BeginForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            members = queries.meant_by([typed["to"]])
            talk = actions.begin_conversation(
                actor=actor, members=members, body=typed["body"], title=typed["title"]
            )
        except REFUSALS as refusal:
            add_refusal(form, refusal)
        else:
            return done(request, talk.get_absolute_url(), _("Your message is sent."))
    return _compose(request, form, status=422)


def _compose(
    request: HttpRequest, form: BeginForm, *, met: Sequence[Member] = (), status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    verdict = can_begin(actor)
    if verdict and met:
        verdict = can_gather(actor, met)
    context = {"form": form, "verdict": verdict}
    return render(request, "community/messages/new.html", context, status=status)


@allow(Who.MEMBER, "GET")
def people(request: HttpRequest) -> HttpResponse:
    """Offer who could be meant by the last word typed, as options that keep the words before it."""
    limits.SUGGEST.spend(actor_of(request))
    typed = request.GET.get("to", "")[:400]
    match = _LAST_WORD.match(typed)
    before, word = (match[1] or "", match[2]) if match else ("", "")
    found = queries.suggest_recipients(actor_of(request), word)
    return render(request, "community/messages/_people.html", {"found": found, "before": before})
