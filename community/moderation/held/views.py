"""What a member wrote that waits for the team: why, for how long, and what they can do meanwhile."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import Conflict, Invalid, RateLimited
from community.members.models import Member
from community.moderation.held.actions import change_held, take_back_held
from community.moderation.held.forms import HeldForm
from community.moderation.held.grounds import say_to_writer
from community.moderation.held.permissions import can_change_held
from community.moderation.held.queries import PAGE, decided_case, get_own_held, held_of, usual_wait
from community.moderation.models import Held, HeldState
from community.threads.forms import add_refusal
from community.web import done


@allow(Who.MEMBER, "GET")
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits, and what was decided lately."""
    rows = held_of(actor_of(request))
    after = request.GET.get("after", "")
    if after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    context = {"rows": found[:PAGE], "after": found[PAGE - 1].pk if len(found) > PAGE else None}
    return render(request, "community/moderation/waiting.html", context)


@allow(Who.MEMBER, "GET", "POST")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of them with why it waits; change its text while it does."""
    actor = actor_of(request)
    held = get_own_held(actor, pk)
    typed = {"title": held.title, "body": held.body_md}
    form = HeldForm(request.POST or None, initial=typed, has_title=bool(held.title))
    if request.method == "POST" and form.is_valid():
        try:
            change_held(actor=actor, held=held, **form.cleaned_data)
        except (Invalid, Conflict, RateLimited) as refusal:
            add_refusal(form, refusal)
        else:
            return done(request, held.get_absolute_url(), _("Changed. The team sees the new text."))
    return _show(request, actor, held, form)


def _show(request: HttpRequest, actor: Member, held: Held, form: HeldForm) -> HttpResponse:
    context = {
        "held": held,
        "form": form,
        "reasons": [sentence for ground in held.grounds if (sentence := say_to_writer(ground))],
        "can_change": can_change_held(actor, held),
        "decided": decided_case(actor, held) if held.state == HeldState.REFUSED else None,
        "usual": usual_wait() if held.state == "waiting" else None,
    }
    status = 422 if form.errors else 200
    return render(request, "community/moderation/waiting_one.html", context, status=status)


@allow(Who.MEMBER, "POST")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back: nobody of the team needs to look any more."""
    actor = actor_of(request)
    held = get_own_held(actor, pk)
    take_back_held(actor=actor, held=held)
    return done(request, "/waiting/", _("Taken back. Your text is still here, for you alone."))
