"""How allauth meets our members: handles from names, suspended people, and the moment of joining."""

import re
import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.members.models import Member

TAKEN = frozenset(
    {
        "admin",
        "moderator",
        "support",
        "help",
        "team",
        "system",
        "root",
        "everyone",
        "here",
        "all",
        "me",
        "api",
        "null",
        "undefined",
    }
)


def suggest_handle(name: str) -> str:
    """Return a free handle close to a name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:24] or "member"
    handle, number = base, 1
    while handle in TAKEN or Member.objects.get_queryset().with_handle(handle).exists():
        number += 1
        handle = f"{base}-{number}"
    return handle


class AccountAdapter(DefaultAccountAdapter):
    """allauth asks this object whenever it touches a member."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("We know no account with this e-mail or handle and this password."),
        "username_password_mismatch": _("We know no account with this e-mail or handle and this password."),
        "email_taken": _("There is already an account with this e-mail."),
        "enter_current_password": _("Enter your current password."),
        "incorrect_code": _("This code does not match. Codes change every half minute; try the newest."),
        "incorrect_password": _("This is not your password."),
        "invalid_or_expired_key": _("This link has been used or has run out."),
        "invalid_password_reset": _("This link has been used or has run out."),
        "same_as_current": _("This is what it is already."),
        "too_many_login_attempts": _("That was too often. Try again in a few minutes."),
        "rate_limited": _("That was too often. Try again in a few minutes."),
    }

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Put the name on the account first: the handle is made from it, never from the address, which is nobody's business."""
        user.name = form.cleaned_data.get("name", "")
        return super().save_user(request, user, form, commit)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Give a newcomer a handle made from their name."""
        if not user.handle:
            user.handle = suggest_handle(user.name)
