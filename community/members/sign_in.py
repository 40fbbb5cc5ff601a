"""How allauth meets our members: handles from names, suspended people, and the moment of joining."""

import re
import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

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
    """Return a free handle close to a name or the part of an address before the @."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:24] or "member"
    handle, number = base, 1
    while handle in TAKEN or Member.objects.get_queryset().with_handle(handle).exists():
        number += 1
        handle = f"{base}-{number}"
    return handle


class AccountAdapter(DefaultAccountAdapter):
    """allauth asks this object whenever it touches a member."""

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Give a newcomer a handle made from their name; they can change it later."""
        if not user.handle:
            user.handle = suggest_handle(user.name or user.email.split("@")[0])
