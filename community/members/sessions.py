"""Sessions in Postgres, so that a flushed Redis signs nobody out; read together with the member they belong to."""

import marshal
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from community.members.models import Member
from community.rows import build, columns
from community.sql import fetch_one

# Whose session it was when this process read it last: a guess, which spares every page of a member a second statement.
_owners: dict[str, int] = {}
_MOST_OWNERS = 20_000

# The member read along with the session this thread read last.
_read_along: ContextVar[Member | None] = ContextVar("read_along", default=None)


class SessionStore(DatabaseStore):
    """Django's database sessions with a cheaper read: no model instance, no query compilation."""

    def load(self) -> dict[str, Any]:
        """Return the session's data, or start an empty one when the key is unknown or too old."""
        _read_along.set(None)
        key = self.session_key or ""
        if not key.isascii() or not key.isalnum():
            # Not a key of ours, and perhaps nothing that Postgres can read.
            self._session_key = None
            return {}
        guess = _owners.get(key, 0)
        row = fetch_one(_statement(), (guess, key), tuple)
        if row is None:
            self._session_key = None
            return {}
        data = self._unpacked(row[0])
        if guess and data.get(SESSION_KEY) == str(guess):
            _read_along.set(build(Member, row[1:]) if row[1] is not None else None)
        elif SESSION_KEY in data:
            _remember_owner(key, int(data[SESSION_KEY]))
        return data

    def _unpacked(self, packed: str) -> dict[str, Any]:
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        data: dict[str, Any] = marshal.loads(_read_once(packed, keys))  # noqa: S302 - what this process wrote itself
        return data

    @classmethod
    def get_model_class(cls) -> Any:
        """Return Django's own session model: the table stays the standard one."""
        from django.contrib.sessions.models import Session

        return Session


@lru_cache(maxsize=2000)
def _read_once(packed: str, _keys: tuple[str, ...]) -> bytes:
    """Check the signature of a session's text and read it; a session is the same text for many pages. Bytes, so that every
    request gets a dictionary of its own."""
    return marshal.dumps(dict(SessionStore().decode(packed)))


@cache
def _statement() -> str:
    return (
        f"SELECT s.session_data, {columns(Member, 'm')} FROM django_session s"  # noqa: S608 - names of our own
        " LEFT JOIN members_member m ON m.id = %s AND m.is_active"
        " WHERE s.session_key = %s AND s.expire_date > now()"
    )


def _remember_owner(key: str, member_id: int) -> None:
    if len(_owners) >= _MOST_OWNERS:
        _owners.clear()
    _owners[key] = member_id


def take_read_along(member_id: int) -> Member | None:
    """Return the member that came with this request's session, once, if it is this one."""
    member = _read_along.get()
    _read_along.set(None)
    return member if member is not None and member.pk == member_id else None
