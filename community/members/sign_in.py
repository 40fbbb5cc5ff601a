"""How allauth meets our members: handles from names, suspended people, and the moment of joining."""

import re
import secrets
import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.core.exceptions import ImmediateHttpResponse
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.sql import PlannedAnew, fetch

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


_TRIES = 20
# Numbers of the handles that begin like this, by one look into the index that keeps handles unique: some names are everywhere.
_NUMBERED = PlannedAnew("""SELECT substr(lower(handle), %s) FROM members_member
  WHERE lower(handle) = %s OR lower(handle) LIKE %s""")


def suggest_handle(name: str, *, tries: int = 0) -> str:
    """Return a free handle close to a name. After `tries` that others took meanwhile, leave some room to them."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:24] or "member"
    taken = set(fetch(_NUMBERED, (len(base) + 2, base, f"{base}-%"), lambda row: str(row[0])))
    if base not in TAKEN and "" not in taken and not tries:
        return base
    number = 2
    while str(number) in taken:
        number += 1
    return f"{base}-{number + secrets.randbelow(4 ** min(tries, 9))}"


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
        user = super().save_user(request, user, form, commit=False)
        if commit:
            self._insert(request, user)
        return user

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Give a newcomer a handle made from their name."""
        if not user.handle:
            user.handle = suggest_handle(user.name)

    def _insert(self, request: HttpRequest, user: Any) -> None:
        """Insert a newcomer. Who takes the same handle or joins with the same address at this moment does not break it."""
        for tries in range(1, _TRIES):
            try:
                with transaction.atomic():
                    user.save()
            except IntegrityError as error:
                if "member_email_once" in str(error):
                    # Answered like any sign-up with an address that is known: nobody learns that it is.
                    known = prevent_enumeration(request, email=user.email)
                    raise ImmediateHttpResponse(known) from error
                if "member_handle_once" not in str(error) or tries == _TRIES - 1:
                    raise
                user.handle = suggest_handle(user.name, tries=tries)
            else:
                return
