"""Who signs in before their account was erased, keeps it: heard from allauth."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from community.members.models import Member
from community.privacy.actions import keep_account


def connect() -> None:
    """Listen to allauth. Called once, when the app is ready."""
    user_logged_in.connect(keep_who_returns, dispatch_uid="privacy.keep_who_returns")


def keep_who_returns(sender: Any, user: Member, request: HttpRequest | None = None, **more: Any) -> None:
    """Keep the account of whoever signs in, and say so on the page they come to."""
    if keep_account(actor=user) and request is not None:
        said = _("Your account stays"), _("You signed in, so nothing will be erased.")
        messages.success(request, ". ".join(said), fail_silently=True)
