"""Who a session belongs to, read cheaply: this happens on every page of every member."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from community.members.doors.memory import closes_local_ways
from community.members.models import Member
from community.members.passwords import LONGEST
from community.members.sessions import take_read_along
from community.rows import build, columns
from community.sql import fetch_one


class MemberBackend(AuthenticationBackend):
    """allauth's sign-in, with the member of a session read by one prepared statement instead of a compiled query."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """Check a password; where only the brand's own sign-in opens, no password does, and one beyond measure never."""
        self._looked_at: set[int] = set()
        if closes_local_ways() or len(credentials.get("password") or "") > LONGEST:
            return None
        return super().authenticate(request, **credentials)

    def _check_password(self, user: Any, password: str) -> Any:
        """Look at each account once. The package tries an address as a handle too, and a second look at a password takes as
        long again as the first: that alone would tell which addresses are known."""
        if user is None or user.pk in self._looked_at:
            return None
        self._looked_at.add(user.pk)
        return super()._check_password(user, password)

    def get_user(self, user_id: Any) -> Member | None:
        """Return the member of a session, or None when the account is closed or gone."""
        return take_read_along(int(user_id)) or fetch_one(
            f"SELECT {columns(Member, 'm')} FROM members_member m WHERE m.id = %s AND m.is_active",  # noqa: S608 - as above
            (int(user_id),),
            lambda row: build(Member, row),
        )
