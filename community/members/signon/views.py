"""Going to a provider and coming back. allauth's part for providers is imported when the first member goes that way: most
communities never do, and it is not small."""

import secrets
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from community.access import Who, actor_of, allow, viewer_of
from community.errors import DomainError, NotFound, Refused
from community.members.signon import actions, queries
from community.members.signon.adapter import SocialAdapter
from community.members.signon.providers import find_provider
from community.web import SeeOther, if_ours


@allow(Who.GUEST, "POST")
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send a visitor to a provider, to sign in or, for a member who has just shown who they are, to link it."""
    provider = _open(request, provider_id)
    if viewer_of(request) is not None:
        raise Refused("signed_in", _("You are signed in already. Link other ways in your settings."))
    return _send(request, provider, process="login", onward=if_ours(request, request.POST.get("next", "")))


@allow(Who.MEMBER, "POST")
@reauthentication_required
def link(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send a member to a provider to link it to their account."""
    provider = _open(request, provider_id)
    return _send(request, provider, process="connect", onward=reverse("signon_links"))


def _send(request: HttpRequest, provider: Any, *, process: str, onward: str) -> HttpResponse:
    """The way out is a page of its own: a form may only lead to ourselves, whatever it is answered with."""
    nonce = secrets.token_urlsafe(24)
    asked = {**provider.get_auth_params(), "nonce": nonce}
    answer = provider.redirect(
        request, process=process, next_url=onward or None, auth_params=asked, nonce=nonce
    )
    if not isinstance(answer, HttpResponseRedirect):
        return answer  # type: ignore[no-any-return]
    response = render(request, "community/members/going.html", {"onward": answer.url, "name": provider.name})
    response["Refresh"] = f"0; url={answer.url}"
    response["Referrer-Policy"] = "no-referrer"
    return response


@allow(Who.GUEST, "GET")
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """A visitor comes back from a provider that speaks OpenID Connect."""
    _open(request, provider_id)
    from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView

    from community.members.signon.openid import CarefulAdapter

    finish = OAuth2CallbackView.adapter_view(CarefulAdapter(request, provider_id))
    return finish(request)  # type: ignore[no-any-return]


@allow(Who.GUEST, "GET")
def back_from_github(request: HttpRequest) -> HttpResponse:
    """A visitor comes back from GitHub."""
    _open(request, "github")
    from allauth.socialaccount.providers.github.views import oauth2_callback

    return oauth2_callback(request)  # type: ignore[no-any-return]


@csrf_exempt
@allow(Who.GUEST, "POST")
def back_from_apple(request: HttpRequest) -> HttpResponse:
    """Apple sends its answer as a form; it is only carried on to where the session is at hand and the state is checked."""
    _open(request, "apple")
    from allauth.socialaccount.providers.apple.views import apple_post_callback

    return apple_post_callback(request)  # type: ignore[no-any-return]


@allow(Who.GUEST, "GET")
def finish_apple(request: HttpRequest) -> HttpResponse:
    """A visitor comes back from Apple."""
    _open(request, "apple")
    from allauth.socialaccount.providers.apple.views import oauth2_finish_login

    return oauth2_finish_login(request)  # type: ignore[no-any-return]


@allow(Who.MEMBER, "GET")
def links(request: HttpRequest) -> HttpResponse:
    """The member's linked ways in, and those that can be linked."""
    return render(request, "community/members/links.html", {"page": queries.links_of(actor_of(request))})


@allow(Who.MEMBER, "POST")
@reauthentication_required
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one link away."""
    try:
        name = actions.unlink_account(actor=actor_of(request), pk=pk)
    except DomainError as error:
        if isinstance(error, NotFound):
            raise
        messages.error(request, error.message)
    else:
        tell = account_adapter(request).send_notification_mail
        tell("socialaccount/email/account_disconnected", actor_of(request), {"provider": name})
        messages.success(request, _("It is no longer linked."))
    return SeeOther(reverse("signon_links"))


def _open(request: HttpRequest, key: str) -> Any:
    """Return allauth's object for a provider that is on. Raises `NotFound`."""
    if find_provider(key) is None:
        raise NotFound()
    return SocialAdapter(request).get_provider(request, provider=key)
