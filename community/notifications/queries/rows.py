"""The rows of an inbox, newest first, by one prepared statement: programs and open pages ask for them all day."""

import datetime as dt
import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from community.members.models import Member
from community.notifications.models import Notice
from community.sql import fetch

Place = tuple[dt.datetime, int]

# The index `notice_inbox` gives this order and is entered at the place: a late page costs what the first one does.
_READ = """
SELECT {columns} FROM notifications_notice WHERE member_id = %s{filters}
 ORDER BY updated_at DESC, id DESC LIMIT %s
"""
_UNREAD = " AND read_at IS NULL"
_KINDS = " AND kind = ANY(%s)"
_BEYOND = " AND (updated_at, id) < (%s, %s)"


def notice_rows(
    member: Member,
    *,
    limit: int,
    unread: bool = False,
    kinds: Sequence[str] | None = None,
    after: Place | None = None,
) -> list[Notice]:
    """Return `member`'s notices after a place: those not read yet, or of some kinds, or all."""
    sql, names = _statement(unread, kinds is not None, after is not None)
    params: list[Any] = [member.pk]
    params += [list(kinds)] if kinds is not None else []
    params += after or ()
    return fetch(sql, [*params, limit], lambda row: _notice(names, row))


@cache
def _statement(unread: bool, of_kinds: bool, later: bool) -> tuple[str, list[str]]:
    fields = Notice._meta.concrete_fields
    filters = (_UNREAD if unread else "") + (_KINDS if of_kinds else "") + (_BEYOND if later else "")
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return _READ.format(columns=columns, filters=filters), [field.attname for field in fields]


def _notice(names: list[str], row: Sequence[Any]) -> Notice:
    notice = Notice.from_db("default", names, row)
    notice.payload = json.loads(notice.payload)
    return notice
