"""Putting away what is new or unread, all at once, and taking that back: one row, however many threads."""

from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import Member
from community.sql import write

_PUT = """INSERT INTO threads_setaside AS mine (member_id, {until}) VALUES (%s, %s)
  ON CONFLICT (member_id) DO UPDATE SET {before} = mine.{until}, {until} = EXCLUDED.{until}"""
_BACK = "UPDATE threads_setaside SET {until} = {before} WHERE member_id = %s"
_COLUMNS = {
    "new": {"until": "new_until", "before": "new_before"},
    "unread": {"until": "unread_until", "before": "unread_before"},
}


def set_aside(*, actor: Member, what: str) -> None:
    """Count every thread begun until now as known to `actor` (`what` is "new"), or every reply as read ("unread").

    Raises `Invalid`.
    """
    write(_PUT.format(**_columns(what)), (actor.pk, timezone.now()))


def bring_back(*, actor: Member, what: str) -> None:
    """Take back what `set_aside` did last. Doing it twice changes nothing. Raises `Invalid`."""
    write(_BACK.format(**_columns(what)), (actor.pk,))


def _columns(what: str) -> dict[str, str]:
    columns = _COLUMNS.get(what)
    if columns is None:
        raise Invalid("list_unknown", _("Only what is new or unread can be set aside."))
    return columns
