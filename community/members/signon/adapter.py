"""How allauth's part for other providers meets our doors: whom we call, whose e-mail we believe, who may join."""

import logging
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.members.doors import passes
from community.members.doors.memory import closes_local_ways, door_rules
from community.members.models import Joining, Member
from community.members.signon.calls import GuardedSession
from community.members.signon.providers import Provider, find_provider, providers
from community.web import SeeOther

logger = logging.getLogger(__name__)


class SocialAdapter(DefaultSocialAccountAdapter):
    """allauth asks this object whenever somebody else says who somebody is."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": gettext_lazy(
            "There is already an account with this e-mail. Sign in to it, then link %s in your settings."
        ),
    }

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> Any:
        """Return the providers that are on, in allauth's shape."""
        apps = [as_app(entry) for entry in providers() if client_id in (None, entry.client_id)]
        return [app for app in apps if provider in (None, app.provider_id, app.provider)]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """Return allauth's object for a provider. The code of all kinds is loaded here, when the first member goes that way."""
        _load_kinds()
        return super().get_provider(request, provider, client_id=client_id)

    def get_requests_session(self) -> Any:
        """Return the guarded way out."""
        return GuardedSession()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whether newcomers may join this way: as the doors say, whatever local ways are closed."""
        joining = door_rules().joining
        return joining in (Joining.OPEN, Joining.APPROVAL) or (
            joining == Joining.INVITED and passes.has_pass(request)
        )

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Take name and address; the handle is made from the name, as for everyone."""
        user = sociallogin.user
        user.name = _name_in(data)[:80]
        user.email = data.get("email") or ""
        return user

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        """Fill in what the provider said."""
        return {"email": _confirmed(sociallogin), "name": sociallogin.user.name}

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Let in whom provider and subject name. A newcomer needs an address the provider vouches for, and one that nobody
        here has: an account is never found by its e-mail."""
        _check_nonce(request, sociallogin)
        if sociallogin.is_existing or sociallogin.state.get("process") != "login":
            return
        name, address = sociallogin.provider.name, _confirmed(sociallogin)
        if not address:
            self._send_back(
                request,
                _(
                    "%(name)s does not say that your e-mail is confirmed. Confirm it there, or join another way."
                )
                % {"name": name},
            )
        if _is_taken(address):
            self._send_back(request, _taken(name), to_link=not closes_local_ways())
        try:
            account_adapter().clean_email(address)
        except ValidationError as error:
            self._send_back(request, " ".join(error.messages))

    def _send_back(self, request: HttpRequest, words: str, *, to_link: bool = False) -> None:
        messages.warning(request, words)
        address = reverse("account_login")
        onward = f"{address}?next={reverse('signon_links')}" if to_link else address
        raise ImmediateHttpResponse(SeeOther(onward))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **told: Any) -> None:
        """Write down what went wrong, without anything that was secret."""
        logger.warning("sign-on by %s: %s %r", provider, told.get("error"), told.get("exception"))


def _check_nonce(request: HttpRequest, sociallogin: Any) -> None:
    """Take a provider's signed word only for the way this browser went: it carries what the way began with."""
    from allauth.socialaccount.helpers import render_authentication_error

    said = (sociallogin.account.extra_data or {}).get("id_token")
    if isinstance(said, dict) and said.get("nonce") != sociallogin.state.get("nonce"):
        raise ImmediateHttpResponse(render_authentication_error(request, sociallogin.provider))


def _load_kinds() -> None:
    from allauth.socialaccount.providers import registry
    from allauth.socialaccount.providers.apple.provider import AppleProvider
    from allauth.socialaccount.providers.github.provider import GitHubProvider

    from community.members.signon.openid import NamedProvider

    for kind in (AppleProvider, GitHubProvider, NamedProvider):
        registry.register(kind)


def as_app(provider: Provider) -> Any:
    """Return a provider in allauth's shape: a row that is never saved."""
    from allauth.socialaccount.models import SocialApp

    settings: dict[str, Any] = {"verified_email": provider.trusts_email, "oauth_pkce_enabled": True}
    secret, key = provider.secret, ""
    if provider.is_oidc:
        settings["server_url"] = provider.issuer
    elif provider.kind == "apple":
        settings["certificate_key"] = provider.secret
        secret, key = provider.key_id, provider.team_id
    return SocialApp(
        provider="openid_connect" if provider.is_oidc else provider.kind,
        provider_id=provider.key,
        name=provider.name,
        client_id=provider.client_id,
        secret=secret,
        key=key,
        settings=settings,
    )


def _confirmed(sociallogin: Any) -> str:
    """Return the address that the provider vouches for, or nothing."""
    known = [entry for entry in sociallogin.email_addresses if entry.verified is True and entry.email]
    known.sort(key=lambda entry: not entry.primary)
    return str(known[0].email) if known else ""


def _is_taken(address: str) -> bool:
    return (
        Member.objects.filter(email__iexact=address).exists()
        or EmailAddress.objects.filter(email__iexact=address).exists()
    )


def _taken(name: str) -> str:
    if closes_local_ways():
        return _(
            "There is already an account with this e-mail, and it does not know %(name)s. Write to the team."
        ) % {"name": name}
    return _("There is already an account with this e-mail. Sign in to it as before, then link %(name)s.") % {
        "name": name
    }


def _name_in(data: dict[str, Any]) -> str:
    parts = " ".join(str(data.get(part) or "") for part in ("first_name", "last_name")).strip()
    return str(data.get("name") or parts or data.get("username") or "")


def vouched_by(sociallogin: Any) -> Provider | None:
    """Return the provider behind a sign-in."""
    return find_provider(str(sociallogin.account.provider))
