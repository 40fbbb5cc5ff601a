"""Noting that something is said to a member: once for each ritual and period, whoever comes first."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from community.sql import write

_NOTE = """
INSERT INTO rituals_greeting (member_id, ritual, period, day, made_at)
SELECT member_id, ritual, period, day, now()
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::date[]) AS new(member_id, ritual, period, day)
ORDER BY member_id, ritual, period
ON CONFLICT (member_id, ritual, period) DO NOTHING
RETURNING member_id, ritual, period, day
"""


class NewGreeting(NamedTuple):
    """One ritual for one member in one period, on their own day."""

    member_id: int
    ritual: str
    period: str
    day: dt.date


def note_greetings(wanted: Sequence[NewGreeting]) -> list[NewGreeting]:
    """Note greetings in one statement. Returns those that nobody had noted before: only they are said."""
    if not wanted:
        return []
    columns = [list(column) for column in zip(*((m, str(r), p, d) for m, r, p, d in wanted), strict=True)]
    return [NewGreeting._make(row) for row in write(_NOTE, columns)]
