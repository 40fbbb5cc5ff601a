"""Keeping the index true. Every function reads the rows as they are now, so order and repetition do not matter."""

from collections.abc import Iterable

from django.db import connection, transaction

_UPDATE = """
ON CONFLICT (kind, target_pk) DO UPDATE SET
  thread_id = EXCLUDED.thread_id, space_id = EXCLUDED.space_id, is_answer = EXCLUDED.is_answer,
  title = EXCLUDED.title, body = EXCLUDED.body, words = EXCLUDED.words, created_at = EXCLUDED.created_at
"""
_COLUMNS = "kind, target_pk, thread_id, space_id, is_answer, title, body, words, created_at"
_THREADS = f"""
INSERT INTO search_searchdocument ({_COLUMNS})
SELECT 'thread', id, id, space_id, solved, title, body,
       setweight(to_tsvector('porchlight', title), 'A')
       || setweight(to_tsvector('porchlight', array_to_string(tags, ' ')), 'C')
       || setweight(to_tsvector('porchlight', body), 'D'),
       created_at
  FROM (SELECT t.id, t.space_id, t.accepted_post_id IS NOT NULL AS solved, t.title, t.tags, t.created_at,
               COALESCE(search_plain(p.body_html), '') AS body
          FROM threads_thread t
          LEFT JOIN threads_post p ON p.thread_id = t.id AND p.position = 1 AND p.state = 'visible'
         WHERE t.id = ANY(%s) AND t.state = 'visible' ORDER BY t.id) x
{_UPDATE}"""  # noqa: S608 - only constants of this module are put together
_REPLIES = f"""
INSERT INTO search_searchdocument ({_COLUMNS})
SELECT 'reply', id, thread_id, space_id, is_answer, '', body,
       setweight(to_tsvector('porchlight', body), 'D'), created_at
  FROM (SELECT p.id, p.thread_id, t.space_id, t.accepted_post_id IS NOT DISTINCT FROM p.id AS is_answer,
               p.created_at, search_plain(p.body_html) AS body
          FROM threads_post p JOIN threads_thread t ON t.id = p.thread_id
         WHERE p.id = ANY(%s) AND p.position > 1 AND p.state = 'visible' AND t.state = 'visible'
         ORDER BY p.id) x
{_UPDATE}"""  # noqa: S608
_MEMBERS = f"""
INSERT INTO search_searchdocument ({_COLUMNS})
SELECT 'member', id, NULL, NULL, false, lower(unaccent(name || ' ' || handle)), '',
       setweight(to_tsvector('porchlight', name || ' ' || handle), 'A')
       || setweight(to_tsvector('porchlight', team_title || ' ' || location), 'C'),
       joined_at
  FROM members_member WHERE id = ANY(%s) AND is_active ORDER BY id
{_UPDATE}"""  # noqa: S608
_WORDS = """
INSERT INTO search_searchword (word)
SELECT DISTINCT word FROM threads_thread t, regexp_split_to_table(lower(t.title), '\\W+') word
 WHERE t.id = ANY(%s) AND length(word) BETWEEN 4 AND 30 ORDER BY word
ON CONFLICT DO NOTHING
"""
_DROP_THREADS = """
DELETE FROM search_searchdocument d WHERE d.kind = 'thread' AND d.target_pk = ANY(%s)
   AND NOT EXISTS (SELECT 1 FROM threads_thread t WHERE t.id = d.target_pk AND t.state = 'visible')
"""
_DROP_REPLIES = """
DELETE FROM search_searchdocument d WHERE d.kind = 'reply' AND d.target_pk = ANY(%s)
   AND NOT EXISTS (SELECT 1 FROM threads_post p JOIN threads_thread t ON t.id = p.thread_id
                    WHERE p.id = d.target_pk AND p.state = 'visible' AND t.state = 'visible')
"""
_DROP_MEMBERS = """
DELETE FROM search_searchdocument d WHERE d.kind = 'member' AND d.target_pk = ANY(%s)
   AND NOT EXISTS (SELECT 1 FROM members_member m WHERE m.id = d.target_pk AND m.is_active)
"""


def index_threads(pks: Iterable[int]) -> None:
    """Bring the documents of these threads, without their replies, up to what is shown."""
    _refresh(pks, _DROP_THREADS, _THREADS, _WORDS)


def index_replies(pks: Iterable[int]) -> None:
    """Bring the documents of these posts up to what is shown. First posts are part of their thread's document."""
    _refresh(pks, _DROP_REPLIES, _REPLIES)


def index_members(pks: Iterable[int]) -> None:
    """Bring the documents of these members up to what is shown."""
    _refresh(pks, _DROP_MEMBERS, _MEMBERS)


def index_whole_threads(pks: Iterable[int]) -> None:
    """Bring these threads and everything in them up to what is shown: they were hidden, shown or moved."""
    wanted = sorted(set(pks))
    if not wanted:
        return
    index_threads(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM threads_post WHERE thread_id = ANY(%s) AND position > 1 ORDER BY id", [wanted]
        )
        replies = [pk for (pk,) in cursor.fetchall()]
    index_replies(replies)


@transaction.atomic
def _refresh(pks: Iterable[int], *statements: str) -> None:
    wanted = sorted(set(pks))
    if not wanted:
        return
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, [wanted])
