"""The browser's way to one's own data: take a copy, leave for good."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import DomainError, Gone
from community.members.models import Member
from community.privacy import actions, limits, queries
from community.privacy.forms import EraseForm
from community.privacy.models import Export
from community.privacy.permissions import can_leave
from community.web import SeeOther, done, is_fragment

PAGE = "/me/settings/privacy/data/"


@allow(Who.MEMBER, "GET")
def data(request: HttpRequest) -> HttpResponse:
    """What one can have and what one can have forgotten. While a copy is made, the page asks for its state."""
    page = queries.get_data_page(actor_of(request))
    template = "community/privacy/_copy.html" if is_fragment(request) else "community/privacy/data.html"
    return render(request, template, {"page": page, "current": "privacy"})


@allow(Who.MEMBER, "POST")
def ask_copy(request: HttpRequest) -> HttpResponse:
    """Ask for a copy. Whoever asks has shown a moment ago that they are who they say."""
    raise_if_reauthentication_required(request, app="account")
    try:
        actions.ask_export(actor=actor_of(request))
    except DomainError as error:
        messages.error(request, error.message)
        return SeeOther(PAGE)
    return done(request, PAGE, _("Your copy is being made. We write to you when it is ready."))


@allow(Who.MEMBER, "POST")
def fetch_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a copy, once."""
    actor = actor_of(request)
    export = queries.get_export_for(actor, pk)
    raise_if_reauthentication_required(request, app="account")
    return file_of(actor, export)


def file_of(actor: Member, export: Export) -> HttpResponse:
    """Return the file of a copy, whose link is used up by it. Raises `Gone` when there is none."""
    try:
        file = default_storage.open(export.path)
    except OSError as error:
        raise Gone("export_gone", _("This copy is no longer there. You can ask for another.")) from error
    fetched = actions.fetch_export(actor=actor, export=export)
    name = f"{actor.handle}-{fetched.asked_at:%Y-%m-%d}.zip"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]


@allow(Who.MEMBER, "GET", "POST")
def erase(request: HttpRequest) -> HttpResponse:
    """Leave for good, after days in which signing in takes it back."""
    actor = actor_of(request)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        raise_if_reauthentication_required(request, app="account")
        try:
            erasure = actions.ask_erasure(actor=actor, deletes_posts=form.cleaned_data["posts"] == "delete")
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            logout(request)
            when = formats.date_format(timezone.localtime(erasure.due_at), "DATE_FORMAT")
            said = _("You are signed out. Your account is erased on %(when)s, unless you sign in before.")
            return done(request, "/", said % {"when": when})
    context = {
        "form": form,
        "days": limits.COOLING_OFF(),
        "may": can_leave(actor),
        "current": "privacy",
    }
    return render(request, "community/privacy/erase.html", context, status=422 if form.errors else 200)
