"""Every public thread by address, for search engines."""

import datetime as dt
from typing import NamedTuple

from community.spaces.visibility import readable_spaces
from community.sql import fetch
from community.threads.queries.rows import thread_path

# The protocol allows 50,000 addresses in one file; older threads than these are found through their spaces.
_MOST = 20_000


class Address(NamedTuple):
    """One public thread."""

    pk: int
    title: str
    changed_at: dt.datetime

    @property
    def path(self) -> str:
        """Where it is."""
        return thread_path(self.pk, self.title)


def public_addresses(before: int | None = None) -> list[Address]:
    """Return the newest threads everyone may read."""
    spaces, readable = readable_spaces(None)
    sql = f"""SELECT t.id, t.title, t.last_post_at FROM threads_thread t
      WHERE t.state IN ('visible', 'archived') AND t.id < %s AND t.space_id IN ({spaces}) ORDER BY t.id DESC LIMIT {_MOST}"""
    return fetch(sql, (before or 2**62, *readable), Address._make)
