"""The moment of joining, heard from allauth: the only signals in the house."""

from typing import Any

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from allauth.account.signals import (
    authentication_step_completed,
    email_changed,
    email_confirmed,
    user_logged_in,
    user_signed_up,
)
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from community.members.actions import confirm_address, welcome_newcomer
from community.members.doors.actions import drop_unproven_password, note_second_factor
from community.members.doors.admissions import bring_before_team
from community.members.doors.passkeys import joins_by_passkey
from community.members.doors.queries import is_waiting
from community.members.doors.renewal import begin_anew
from community.members.models import Member
from community.members.signon.actions import note_link
from community.members.signon.adapter import vouched_by
from community.members.signon.claims import claims_of, heed_claims


def connect() -> None:
    """Listen to allauth. Called once, when the app is ready."""
    user_signed_up.connect(welcome_if_open, dispatch_uid="members.welcome_if_open")
    email_confirmed.connect(welcome_confirmed, dispatch_uid="members.welcome_confirmed")
    user_logged_in.connect(hear_of_claims, dispatch_uid="members.claims")
    social_account_added.connect(hear_of_link, dispatch_uid="members.link_added")
    authenticator_added.connect(hear_of_second_factor, dispatch_uid="members.second_factor_added")
    authenticator_removed.connect(hear_of_second_factor, dispatch_uid="members.second_factor_removed")
    authenticator_reset.connect(hear_of_second_factor, dispatch_uid="members.second_factor_reset")
    email_changed.connect(hear_of_new_address, dispatch_uid="members.address_changed")
    authentication_step_completed.connect(hear_of_code, dispatch_uid="members.code_written")


def welcome_if_open(sender: Any, request: HttpRequest, user: Member, **_more: Any) -> None:
    """Welcome a newcomer at once where a confirmed address is not required, or theirs is confirmed already."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).exists()
    must_confirm = app_settings.EMAIL_VERIFICATION == app_settings.EmailVerificationMethod.MANDATORY
    is_known = confirmed or not must_confirm
    if is_waiting(user):
        _ask_the_team(request, user, is_known)
    elif is_known:
        welcome_newcomer(actor=user)


def _ask_the_team(request: HttpRequest, user: Member, is_known: bool) -> None:
    """A closed account gets no letter from allauth, so the one that confirms its address is sent here."""
    if is_known:
        bring_before_team(actor=user)
    if is_known or joins_by_passkey(request):
        return
    for address in EmailAddress.objects.filter(user=user, verified=False):
        address.send_confirmation(request, signup=True)


def welcome_confirmed(sender: Any, email_address: EmailAddress, **_more: Any) -> None:
    """Welcome a newcomer who opened the link in our e-mail; one who was welcomed before is only noted."""
    member = email_address.user
    confirm_address(actor=member)
    if is_waiting(member):
        bring_before_team(actor=member)
    elif member.is_active:
        welcome_newcomer(actor=member)


def hear_of_second_factor(
    sender: Any, user: Member, request: HttpRequest | None = None, **_more: Any
) -> None:
    """Keep on the member whether there is a second step, and close what was opened before it came, went or got new codes."""
    note_second_factor(actor=user)
    if request is not None:
        begin_anew(request, user)


def hear_of_new_address(sender: Any, user: Member, request: HttpRequest, **_more: Any) -> None:
    """Close what was opened while the account belonged to another address."""
    begin_anew(request, user)


def hear_of_code(sender: Any, user: Member, method: str, request: HttpRequest, **_more: Any) -> None:
    """Whoever reads the e-mail of an address takes the account; a password somebody typed before that opens it no more."""
    if method == "code" and drop_unproven_password(actor=user):
        messages.info(
            request,
            _(
                "Your address is confirmed. The password from when you joined is gone; choose a new one in your settings."
            ),
        )


def hear_of_link(sender: Any, sociallogin: Any, **_more: Any) -> None:
    """Write down that a member linked another way in."""
    note_link(actor=sociallogin.user, provider=str(sociallogin.account.provider))


def hear_of_claims(sender: Any, user: Member, sociallogin: Any = None, **_more: Any) -> None:
    """Make true what a provider says about a member who signed in by it."""
    provider = vouched_by(sociallogin) if sociallogin is not None else None
    if provider is not None:
        heed_claims(actor=None, member=user, provider=provider, claims=claims_of(sociallogin))
