"""Who signs in before their account was erased, keeps it: heard from allauth."""

from typing import Any

from allauth.account.signals import user_logged_in

from community.members.models import Member
from community.privacy.actions import keep_account


def connect() -> None:
    """Listen to allauth. Called once, when the app is ready."""
    user_logged_in.connect(keep_who_returns, dispatch_uid="privacy.keep_who_returns")


def keep_who_returns(sender: Any, user: Member, **_more: Any) -> None:
    """Keep the account of whoever signs in."""
    keep_account(actor=user)
