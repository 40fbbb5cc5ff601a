"""Where a list goes on: two whole numbers in the address, so that no page is counted and none is skipped."""

import datetime as dt
from typing import NamedTuple

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TICK = dt.timedelta(microseconds=1)
_MOST = 2**62
# The last moment that is a date in every time zone.
_LAST = (dt.datetime(9999, 12, 30, tzinfo=dt.UTC) - _EPOCH) // _TICK


class Cursor(NamedTuple):
    """The last row of the page before: what the list is sorted by, and the row's key to break ties."""

    value: int
    pk: int

    def __str__(self) -> str:
        return f"{self.value}.{self.pk}"

    @property
    def moment(self) -> dt.datetime:
        """The value, when the list is sorted by time."""
        return _EPOCH + dt.timedelta(microseconds=min(self.value, _LAST))


def at(moment: dt.datetime, pk: int) -> Cursor:
    """Return the cursor after a row of a list sorted by time."""
    return Cursor((moment - _EPOCH) // _TICK, pk)


def read_cursor(text: str) -> Cursor | None:
    """Read a cursor from an address. What is not one begins at the beginning."""
    value, _dot, pk = text.partition(".")
    if not (value.isascii() and value.isdigit() and pk.isascii() and pk.isdigit()):
        return None
    cursor = Cursor(int(value[:20]), int(pk[:20]))
    return cursor if max(cursor) < _MOST else None


def read_position(text: str) -> int:
    """Read a position from an address; anything else is the beginning."""
    return min(int(text[:10]), 2**31 - 1) if text.isascii() and text.isdigit() else 0
