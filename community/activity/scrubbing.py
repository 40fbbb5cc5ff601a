"""Taking words out of the log: that something happened stays, what was said in it goes."""

from collections.abc import Iterable

from community.sql import write

# Where payloads quote what people wrote.
WORDS = ("excerpt", "title", "thread_title", "words", "question", "before", "after", "tags")
_SCRUB = """UPDATE activity_activity SET payload = payload || (
    SELECT COALESCE(jsonb_object_agg(key, CASE jsonb_typeof(value) WHEN 'array' THEN '[]'::jsonb ELSE '""'::jsonb END),
                    '{}'::jsonb)
      FROM jsonb_each(payload) WHERE key = ANY(%s))
  WHERE target_type = %s AND target_pk = ANY(%s)"""


def scrub(target_type: str, pks: Iterable[int]) -> None:
    """Empty what the log quotes of these targets; who did what and when stays."""
    write(_SCRUB, (list(WORDS), target_type, list(pks)))
