"""The first pictures of threads, for lists that show them: one statement for a page."""

import json
from collections.abc import Sequence
from typing import Any

from community.sql import fetch
from community.writing.models import Upload

_WANTED = "640"

# Callers read the threads as their viewer; of a post that is not shown, no picture is.
_FIRST = """
SELECT DISTINCT ON (p.thread_id) p.thread_id, u.key, u.variants::text
  FROM threads_post p JOIN writing_upload u ON u.attached_type = 'threads.post' AND u.attached_pk = p.id
 WHERE p.thread_id = ANY(%s) AND p.position = 1 AND p.state = 'visible'
 ORDER BY p.thread_id, u.id
"""


def first_pictures(thread_pks: Sequence[int]) -> dict[int, str]:
    """Return the address of the first picture in the first post of each thread that has one."""
    if not thread_pks:
        return {}
    return dict(fetch(_FIRST, (list(thread_pks),), _address))


def _address(row: Sequence[Any]) -> tuple[int, str]:
    upload = Upload(key=row[1], variants=json.loads(row[2]))
    return row[0], upload.url_for(_WANTED)
