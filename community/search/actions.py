"""Keeping the index true, and what a member looked for. Every function of the index reads the rows as they are now, so
order and repetition do not matter."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from community.members.models import Member
from community.search import limits
from community.search.language import read
from community.search.models import RecentSearch
from community.sql import write

_UPDATE = """
ON CONFLICT (kind, target_pk) DO UPDATE SET
  thread_id = EXCLUDED.thread_id, space_id = EXCLUDED.space_id, author_id = EXCLUDED.author_id,
  is_answer = EXCLUDED.is_answer, has_picture = EXCLUDED.has_picture,
  title = EXCLUDED.title, body = EXCLUDED.body, words = EXCLUDED.words, created_at = EXCLUDED.created_at
"""
_COLUMNS = (
    "kind, target_pk, thread_id, space_id, author_id, is_answer, has_picture, title, body, words, created_at"
)
# Only pictures that were uploaded here can stand in a post.
_HAS_PICTURE = "COALESCE(p.body_html LIKE '%%<img%%', false) AS has_picture"
# What a poll asks is found with its post.
_ASKED = """CASE WHEN p.has_poll THEN (
  SELECT ' ' || k.question || ' ' || (SELECT string_agg(o.text, ' ' ORDER BY o.position)
                                        FROM threads_polloption o WHERE o.poll_id = k.id)
    FROM threads_poll k WHERE k.post_id = p.id) ELSE '' END"""
_THREADS = f"""
INSERT INTO search_searchdocument ({_COLUMNS})
SELECT 'thread', id, id, space_id, author_id, solved, has_picture, title, body,
       setweight(to_tsvector('porchlight', title), 'A')
       || setweight(to_tsvector('porchlight', array_to_string(tags, ' ')), 'C')
       || setweight(to_tsvector('porchlight', body), 'D'),
       created_at
  FROM (SELECT t.id, t.space_id, t.author_id, t.accepted_post_id IS NOT NULL AS solved, t.title, t.tags,
               t.created_at, {_HAS_PICTURE}, COALESCE(search_plain(p.body_html) || {_ASKED}, '') AS body
          FROM threads_thread t
          LEFT JOIN threads_post p ON p.thread_id = t.id AND p.position = 1 AND p.state = 'visible'
         WHERE t.id = ANY(%s) AND t.state IN ('visible', 'archived') ORDER BY t.id) x
{_UPDATE}"""  # noqa: S608 - only constants of this module are put together
_REPLIES = f"""
INSERT INTO search_searchdocument ({_COLUMNS})
SELECT 'reply', id, thread_id, space_id, author_id, is_answer, has_picture, '', body,
       setweight(to_tsvector('porchlight', body), 'D'), created_at
  FROM (SELECT p.id, p.thread_id, t.space_id, p.author_id, t.accepted_post_id IS NOT DISTINCT FROM p.id AS is_answer,
               {_HAS_PICTURE}, p.created_at, search_plain(p.body_html) || {_ASKED} AS body
          FROM threads_post p JOIN threads_thread t ON t.id = p.thread_id
         WHERE p.id = ANY(%s) AND p.position > 1 AND p.state = 'visible' AND t.state IN ('visible', 'archived')
         ORDER BY p.id) x
{_UPDATE}"""  # noqa: S608
# Answers to profile fields that may be searched. What members alone may read has a weight of its own, which guests do not ask.
_ANSWERS = """
  SELECT string_agg(v.text, ' ') FILTER (WHERE f.seen_by = 'public') AS outside,
         string_agg(v.text, ' ') FILTER (WHERE f.seen_by = 'members') AS inside
    FROM members_profile p
    JOIN members_profilefield f ON f.is_active AND f.is_searchable AND p.answers ? f.key
   CROSS JOIN LATERAL (SELECT CASE WHEN jsonb_typeof(p.answers -> f.key) = 'array'
     THEN (SELECT string_agg(e, ' ') FROM jsonb_array_elements_text(p.answers -> f.key) e)
     ELSE p.answers ->> f.key END AS text) v
   WHERE p.member_id = m.id"""
_MEMBERS = f"""
INSERT INTO search_searchdocument ({_COLUMNS})
SELECT 'member', id, NULL, NULL, NULL, false, false, lower(unaccent(name || ' ' || handle)), '',
       setweight(to_tsvector('porchlight', name || ' ' || handle), 'A')
       || setweight(to_tsvector('porchlight', team_title || CASE WHEN hides_profile THEN ''
            ELSE ' ' || location || COALESCE(' ' || a.outside, '') END), 'C')
       || setweight(to_tsvector('porchlight', CASE WHEN hides_profile THEN '' ELSE COALESCE(a.inside, '') END), 'D'),
       joined_at
  FROM members_member m LEFT JOIN LATERAL ({_ANSWERS}) a ON true
 WHERE id = ANY(%s) AND is_active ORDER BY id
{_UPDATE}"""  # noqa: S608
_AT_ONCE = 2_000
_WORDS = """
INSERT INTO search_searchword (word)
SELECT DISTINCT word FROM threads_thread t, regexp_split_to_table(lower(t.title), '\\W+') word
 WHERE t.id = ANY(%s) AND length(word) BETWEEN 4 AND 30 ORDER BY word
ON CONFLICT DO NOTHING
"""
_DROP_THREADS = """
DELETE FROM search_searchdocument d WHERE d.kind = 'thread' AND d.target_pk = ANY(%s)
   AND NOT EXISTS (SELECT 1 FROM threads_thread t WHERE t.id = d.target_pk AND t.state IN ('visible', 'archived'))
"""
_DROP_REPLIES = """
DELETE FROM search_searchdocument d WHERE d.kind = 'reply' AND d.target_pk = ANY(%s)
   AND NOT EXISTS (SELECT 1 FROM threads_post p JOIN threads_thread t ON t.id = p.thread_id
                    WHERE p.id = d.target_pk AND p.position > 1 AND p.state = 'visible' AND t.state IN ('visible', 'archived'))
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


def index_members_with(key: str) -> None:
    """Bring the documents of all who answered a profile field up to what may be found now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT member_id FROM members_profile WHERE answers ? %s ORDER BY 1", [key])
        pks = [pk for (pk,) in cursor.fetchall()]
    for start in range(0, len(pks), _AT_ONCE):
        index_members(pks[start : start + _AT_ONCE])


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


_REMEMBER = """
INSERT INTO search_recentsearch (member_id, text, asked_at) VALUES (%s, %s, %s)
ON CONFLICT (member_id, text) DO UPDATE SET asked_at = EXCLUDED.asked_at
"""
_FORGET_OLD = """
DELETE FROM search_recentsearch WHERE member_id = %s AND id NOT IN (
  SELECT id FROM search_recentsearch WHERE member_id = %s ORDER BY asked_at DESC, id DESC LIMIT %s)
"""


@transaction.atomic
def remember_search(*, actor: Member, text: str) -> None:
    """Keep a question for its member alone; the oldest makes room. It is nobody else's business, so nothing is recorded."""
    limits.REMEMBER.spend(actor)
    asked = read(text.replace("\x00", " ").strip()[: limits.LONGEST_QUERY]).text[: limits.LONGEST_QUERY]
    if asked:
        write(_REMEMBER, [actor.pk, asked, timezone.now()])
        write(_FORGET_OLD, [actor.pk, actor.pk, limits.RECENT()])


@transaction.atomic
def forget_searches(*, actor: Member) -> int:
    """Forget what a member looked for. Returns how many questions that were."""
    return RecentSearch.objects.filter(member=actor).delete()[0]
