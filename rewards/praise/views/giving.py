"""Thanking somebody, taking it back, reporting it, and what the team does about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import DomainError, NotFound
from community.members.models import Member
from community.members.queries import get_member_for
from community.moderation.forms import ReportForm
from community.threads.models import Post
from community.threads.queries import get_post_for
from community.web import done, put_beside
from rewards.praise import actions
from rewards.praise.forms import RemovalForm, ThanksForm
from rewards.praise.permissions import can_moderate_praise, can_report_praise, can_thank
from rewards.praise.queries import allowance_of, get_praise_for, kinds_offered, lines_of


@allow(Who.MEMBER, "GET", "POST")
def thank(request: HttpRequest) -> HttpResponse:
    """Thank a member, from their profile, for a post of theirs, or whoever comes to mind."""
    actor = actor_of(request)
    post = _post(actor, request.GET.get("post", ""))
    known = post.author if post is not None else _known(actor, request.GET.get("to", ""))
    kinds = kinds_offered()
    first = {"handle": known.handle if known else "", "kind": kinds[0][0] if kinds else ""}
    form = ThanksForm(request.POST or None, initial=first, kinds=kinds, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            receiver = known or get_member_for(actor, form.cleaned_data["handle"])
            typed = {name: form.cleaned_data[name] for name in ("kind", "words")}
            made = actions.give_thanks(actor=actor, receiver=receiver, post=post, **typed)
        except NotFound:
            form.add_error("handle", _("Nobody has this handle"))
        except DomainError as error:
            _refuse(form, error)
        else:
            said = _("Your thanks are with %(name)s.") % {"name": receiver.name}
            return done(request, made.get_absolute_url(), said)
    context = {
        "form": form,
        "known": known,
        "post": post,
        "allowance": allowance_of(actor),
        "closed": can_thank(actor, known).reason if known is not None else "",
    }
    return render(request, "rewards/praise/new.html", context, status=422 if form.is_bound else 200)


@allow(Who.MEMBER, "POST")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own thanks back."""
    actor = actor_of(request)
    praise = actions.take_back_thanks(actor=actor, praise=get_praise_for(actor, pk))
    return done(request, praise.get_absolute_url(), _("Taken back. Nobody reads it any more."))


@allow(Who.MEMBER, "POST")
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo taking it back."""
    actor = actor_of(request)
    praise = actions.give_again(actor=actor, praise=get_praise_for(actor, pk))
    return done(request, praise.get_absolute_url(), _("Your thanks are there again."))


@allow(Who.MEMBER, "GET", "POST")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is wrong with thanks."""
    actor = actor_of(request)
    praise = get_praise_for(actor, pk)
    can_report_praise(actor, praise).require()
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_thanks(actor=actor, praise=praise, **form.cleaned_data)
        except DomainError as error:
            put_beside(form, error)
        else:
            said = _("Thank you. Someone of the team looks at it and tells you what they decide.")
            return done(request, praise.get_absolute_url(), said)
    context = {"form": form, "line": lines_of(actor, [praise])[0]}
    return render(request, "rewards/praise/report.html", context, status=422 if form.errors else 200)


@allow(Who.MODERATOR, "GET", "POST")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take thanks off every page, with a reason."""
    actor = actor_of(request)
    praise = get_praise_for(actor, pk)
    can_moderate_praise(actor, praise).require()
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_thanks(actor=actor, praise=praise, reason=form.cleaned_data["reason"])
        except DomainError as error:
            put_beside(form, error)
        else:
            return done(request, praise.get_absolute_url(), _("Removed. Whoever gave them is told why."))
    context = {"form": form, "line": lines_of(actor, [praise])[0]}
    return render(request, "rewards/praise/remove.html", context, status=422 if form.errors else 200)


@allow(Who.MODERATOR, "POST")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show removed thanks again."""
    actor = actor_of(request)
    praise = actions.restore_thanks(actor=actor, praise=get_praise_for(actor, pk))
    return done(request, praise.get_absolute_url(), _("These thanks are shown again."))


def _post(actor: Member, number: str) -> Post | None:
    """Return the post of an address, while its author is here. Raises `NotFound` for one the reader may not see."""
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    post = get_post_for(actor, int(number))
    return post if post.author_id is not None and post.author_id != actor.pk else None


def _known(actor: Member, handle: str) -> Member | None:
    if not handle:
        return None
    found = get_member_for(actor, handle.lstrip("@")[:30])
    return found if found.pk != actor.pk else None


def _refuse(form: ThanksForm, error: DomainError) -> None:
    """Put a refusal where it belongs; one about the day or the person stands above the form, with what was typed."""
    for name, sentence in (error.fields or {"": error.message}).items():
        form.add_error(name if name in form.fields else None, sentence)
