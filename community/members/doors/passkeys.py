"""Joining with a passkey alone: a name and an address, a code from our e-mail, and the device's own question.

allauth offers it only where every address is confirmed by a code, because what somebody began is lost with a link that is opened
elsewhere. So here the code of this one way in does it, and everyone else keeps the link: the steps are allauth's own, put together.
"""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.models import Login
from allauth.account.stages import LoginStage
from allauth.account.views import SignupByPasskeyView
from allauth.core import ratelimit
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.views import SignupWebAuthnView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

# What allauth calls it in the state of a login.
_STATE = "passkey_signup"
_MARK = "joins_by_passkey"
STAGES = (
    "allauth.mfa.webauthn.stages.PasskeySignupStage",
    "community.members.doors.passkeys.AskedStage",
)


def joins_by_passkey(request: HttpRequest | None) -> bool:
    """Return whether this request, or what this browser has begun, joins with a passkey alone."""
    if getattr(request, _MARK, False):
        return True
    begun = getattr(request, "session", {}).get(LOGIN_SESSION_KEY)
    return isinstance(begun, dict) and bool((begun.get("state") or {}).get(_STATE))


def needs_code(request: HttpRequest, login: Login) -> bool:
    """Return whether this login is one that begins with a code; somebody who is known already is led the same way."""
    if not getattr(request, _MARK, False) or not login.signup:
        return False
    login.state[_STATE] = True
    return bool(app_settings.EMAIL_VERIFICATION == app_settings.EmailVerificationMethod.MANDATORY)


class JoinView(SignupByPasskeyView):
    """The form to join, without a password. What guards the other one guards this one: it is the same form."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the account, or seem to, and send a code; not too many to one address."""
        address = form.cleaned_data["email"].lower()
        if not ratelimit.consume(self.request, action="request_login_code", key=address):
            form.add_error("email", get_adapter().validation_error("too_many_login_attempts"))
            refused: HttpResponse = self.form_invalid(form)
            return refused
        setattr(self.request, _MARK, True)
        response: HttpResponse = super().form_valid(form)
        return response


class MakeView(SignupWebAuthnView):
    """Makes the passkey of a newcomer, and ten codes for the day it is lost: there is no password to fall back on."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the passkey and lead on to the codes, which are shown once the newcomer is in."""
        login = self._login_stage.login
        RecoveryCodes.activate(login.user)
        # Their device has just asked them; that they are asked again before they see the codes would be once too often.
        proof = {"type": "webauthn", "passwordless": True, "reauthenticated": True}
        record_authentication(self.request, login.user, "mfa", **proof)
        onward = urlencode({"next": login.redirect_url or "/"})
        login.redirect_url = f"{reverse('mfa_view_recovery_codes')}?{onward}"
        response: HttpResponse = super().form_valid(form)
        return response


class AskedStage(LoginStage):
    """The last step of who joins after a yes: their passkey is made, and the account stays closed until the team answers."""

    key = "asked"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Let an open account through."""
        member = self.login.user
        if member is None or member.is_active or not self.login.state.get(_STATE):
            return None, True
        return HttpResponseRedirect(reverse("join_waiting")), False


join = JoinView.as_view()
make = MakeView.as_view()
