"""How a question is looked after, read as one column of the statement that reads its thread."""

import json

from community.threads.queries.rows import Care

# For a thread `t`. Only an open question has something to say here; names are read only where there is a row.
CARE = """SELECT json_build_array(c.missing, COALESCE(m.name, ''), c.closed_at IS NOT NULL,
         CASE WHEN c.claimed_until > now() THEN h.name ELSE '' END, CASE WHEN c.claimed_until > now() THEN h.id END,
         c.followed_up_at IS NOT NULL AND c.said = '', a.id, COALESCE(w.name, ''))::text
    FROM threads_questioncare c
    LEFT JOIN members_member m ON m.id = c.missing_by_id
    LEFT JOIN members_member h ON h.id = c.claimed_by_id
    LEFT JOIN threads_post a ON a.id = c.followed_up_post_id AND a.state = 'visible'
    LEFT JOIN members_member w ON w.id = a.author_id
   WHERE c.thread_id = t.id"""


def read_care(text: str | None) -> Care | None:
    """Return what the column says, or nothing."""
    if text is None:
        return None
    care = Care(*json.loads(text))
    return care if care.missing or care.claimed_by or care.asked or care.closed else None
