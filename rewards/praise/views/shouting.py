"""Shout-outs of the team: all of them, one, and what the team does with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow, viewer_of
from community.errors import DomainError
from community.web import done, guest_cacheable, put_beside
from rewards.praise import actions
from rewards.praise.forms import PinForm, ShoutForm
from rewards.praise.models import State
from rewards.praise.permissions import can_shout
from rewards.praise.queries import get_shout_for, read_shouts, shouts_of


@allow(Who.GUEST, "GET")
@guest_cacheable
def shout_outs(request: HttpRequest) -> HttpResponse:
    """Everyone the team thanked, the latest first."""
    viewer = viewer_of(request)
    shouts, after = read_shouts(viewer, after=request.GET.get("after", "")[:60])
    context = {
        "shouts": shouts,
        "next": f"{reverse('shout_out_list')}?{urlencode({'after': after})}" if after else "",
        "can_shout": viewer is not None and bool(can_shout(viewer)),
    }
    return render(request, "rewards/praise/shouts.html", context)


@allow(Who.GUEST, "GET")
@guest_cacheable
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One shout-out; the team finds here how to pin it and how to take it back."""
    viewer = viewer_of(request)
    return _show(request, pk, PinForm() if viewer is not None and can_shout(viewer) else None)


@allow(Who.MODERATOR, "GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    """Make a shout-out."""
    actor = actor_of(request)
    can_shout(actor).require()
    first = {"members": request.GET.get("to", "")[:31]}
    form = ShoutForm(request.POST or None, initial=first, actor=actor)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("members", "words")}
        try:
            made = actions.make_shout_out(actor=actor, pinned_until=form.until(), **typed)
        except DomainError as error:
            for name, sentence in (error.fields or {"pinned_until": error.message}).items():
                form.add_error(name if name in form.fields else None, sentence)
        else:
            return done(request, made.get_absolute_url(), _("Said. Those you named are told, by e-mail too."))
    return render(request, "rewards/praise/shout.html", {"form": form}, status=422 if form.is_bound else 200)


@allow(Who.MODERATOR, "POST")
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin it until the end of a day."""
    actor = actor_of(request)
    form = PinForm(request.POST)
    if form.is_valid():
        until = form.until()
        try:
            if until is None:
                form.add_error("pinned_until", _("Choose a day."))
            else:
                shout_out = get_shout_for(actor, pk)
                actions.pin_shout_out(actor=actor, shout_out=shout_out, until=until)
                return done(request, shout_out.get_absolute_url(), _("Pinned."))
        except DomainError as error:
            if error.status in (403, 404):
                raise
            error.fields = error.fields or {"pinned_until": error.message}
            put_beside(form, error)
    return _show(request, pk, form)


@allow(Who.MODERATOR, "POST")
def unpin(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go from the top."""
    actor = actor_of(request)
    shout_out = actions.unpin_shout_out(actor=actor, shout_out=get_shout_for(actor, pk))
    return done(request, shout_out.get_absolute_url(), _("No longer pinned. It stays among the shout-outs."))


@allow(Who.MODERATOR, "POST")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    actor = actor_of(request)
    shout_out = actions.withdraw_shout_out(actor=actor, shout_out=get_shout_for(actor, pk))
    return done(request, shout_out.get_absolute_url(), _("Taken back. Nobody reads it any more."))


@allow(Who.MODERATOR, "POST")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it again."""
    actor = actor_of(request)
    shout_out = actions.restore_shout_out(actor=actor, shout_out=get_shout_for(actor, pk))
    return done(request, shout_out.get_absolute_url(), _("It is shown again."))


def _show(request: HttpRequest, pk: int, form: PinForm | None) -> HttpResponse:
    viewer = viewer_of(request)
    found = get_shout_for(viewer, pk)
    context = {
        "shout": shouts_of(viewer, [found])[0],
        "is_shown": found.state == State.VISIBLE,
        "form": form if viewer is not None and can_shout(viewer) else None,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "rewards/praise/shout_out.html", context, status=status)
