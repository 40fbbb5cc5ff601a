"""The browser's way to API keys."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.integrations import actions
from community.integrations.forms import KeyForm
from community.integrations.queries import get_key_for, keys_of
from community.web import done


@allow(Who.MANAGER, "GET", "POST")
def keys(request: HttpRequest) -> HttpResponse:
    """List one's keys and make new ones. The answer to making one shows its text, this once, so it is no redirect.

    A key outlives the session it is made in, so who makes one has shown a moment ago that they are who they say.
    """
    actor = actor_of(request)
    form = KeyForm(request.POST if request.method == "POST" else None)
    token, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            raise_if_reauthentication_required(request, app="account")
            _key, token = actions.create_api_key(actor=actor, member=actor, **form.cleaned_data)
            form, status = KeyForm(), 201
    context = {"form": form, "token": token, "keys": keys_of(actor)}
    response = render(request, "community/integrations/keys.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@allow(Who.MANAGER, "POST")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a key."""
    actor = actor_of(request)
    actions.revoke_api_key(actor=actor, key=get_key_for(actor, pk))
    return done(request, "/me/settings/keys/", _("The key is revoked. Nothing gets in with it any more."))
