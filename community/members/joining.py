"""The moment of joining, heard from allauth: the only signals in the house."""

from typing import Any

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_signed_up

from community.members.actions import confirm_address, welcome_newcomer
from community.members.models import Member


def connect() -> None:
    """Listen to allauth. Called once, when the app is ready."""
    user_signed_up.connect(welcome_if_open, dispatch_uid="members.welcome_if_open")
    email_confirmed.connect(welcome_confirmed, dispatch_uid="members.welcome_confirmed")


def welcome_if_open(sender: Any, user: Member, **_more: Any) -> None:
    """Welcome a newcomer at once where a confirmed address is not required, or theirs is confirmed already."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).exists()
    if confirmed or app_settings.EMAIL_VERIFICATION != app_settings.EmailVerificationMethod.MANDATORY:
        welcome_newcomer(actor=user)


def welcome_confirmed(sender: Any, email_address: EmailAddress, **_more: Any) -> None:
    """Welcome a newcomer who opened the link in our e-mail; one who was welcomed before is only noted."""
    member = email_address.user
    confirm_address(actor=member)
    welcome_newcomer(actor=member)
