"""What levels of trust are judged by: who opened, read, wrote and thanked, counted from the rows of threads.

Whoever wrote in a thread has opened it and read as far as their post, and a post written is worth a minute: so members
whose history was brought in from elsewhere, where nobody noted what they read, stand where their words put them.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import connection

# Opening the end of a very long thread is not reading it.
MOST_OF_ONE_THREAD = 100

# What others hold of a post is looked up post by post: joined, Postgres would read whole tables for every batch of members.
_FACTS = """
WITH asked AS (SELECT unnest(%(ids)s::bigint[]) AS id),
wrote AS (
  SELECT p.author_id AS id, p.id AS post, p.thread_id, p.position, p.created_at AS at,
         COALESCE((SELECT t.author_id <> p.author_id FROM threads_thread t WHERE t.id = p.thread_id), TRUE) AS elsewhere,
         COALESCE((p.imported->>'up')::int, 0) AS brought
    FROM threads_post p
   WHERE p.author_id = ANY(%(ids)s) AND p.state = 'visible'
), opened AS (
  SELECT r.member_id AS id, r.last_read_position AS reached, r.seconds, r.read_at AS at
    FROM threads_readstate r WHERE r.member_id = ANY(%(ids)s)
  UNION ALL
  SELECT w.id, max(w.position), 0, max(w.at) FROM wrote w
   WHERE (SELECT r.member_id FROM threads_readstate r WHERE r.thread_id = w.thread_id AND r.member_id = w.id) IS NULL
   GROUP BY w.id, w.thread_id
), reading AS (
  SELECT id, count(*) AS threads, sum(LEAST(reached, %(most)s)) AS posts, sum(seconds) AS seconds,
         count(*) FILTER (WHERE at >= %(since)s) AS threads_lately FROM opened GROUP BY id
), writing AS (
  SELECT id, count(*) AS written, sum(brought) AS brought,
         count(DISTINCT thread_id) FILTER (WHERE elsewhere) AS replied,
         count(DISTINCT thread_id) FILTER (WHERE elsewhere AND at >= %(since)s) AS replied_lately FROM wrote GROUP BY id
), gave AS (
  SELECT member_id AS id, created_at AS at FROM threads_reaction
   WHERE member_id = ANY(%(ids)s) AND kind IN ('helpful', 'thanks')
), giving AS (
  SELECT id, count(*) AS given, count(*) FILTER (WHERE at >= %(since)s) AS given_lately FROM gave GROUP BY id
), receiving AS (
  SELECT w.id, count(*) AS received, count(*) FILTER (WHERE r.created_at >= %(since)s) AS received_lately,
         count(DISTINCT r.member_id) FILTER (WHERE r.created_at >= %(since)s) AS people_lately
    FROM wrote w CROSS JOIN LATERAL (SELECT * FROM threads_reaction r WHERE r.post_id = w.post
      AND r.kind IN ('helpful', 'thanks') AND r.member_id <> w.id OFFSET 0) r GROUP BY w.id
), here AS (
  SELECT member_id AS id, day FROM members_visit WHERE member_id = ANY(%(ids)s)
  UNION SELECT id, (at AT TIME ZONE 'UTC')::date FROM wrote
  UNION SELECT id, (at AT TIME ZONE 'UTC')::date FROM gave
), being AS (
  SELECT id, count(*) AS days, count(*) FILTER (WHERE day >= %(since)s::date) AS days_lately FROM here GROUP BY id
)
SELECT asked.id, threads, posts, COALESCE(seconds, 0) / 60 + COALESCE(written, 0), days, given,
       COALESCE(received, 0) + COALESCE(brought, 0), replied,
       days_lately, threads_lately, replied_lately, given_lately, received_lately, people_lately
  FROM asked LEFT JOIN reading USING (id) LEFT JOIN writing USING (id) LEFT JOIN giving USING (id)
  LEFT JOIN receiving USING (id) LEFT JOIN being USING (id)
"""
_NAMES = (
    "threads",
    "posts",
    "minutes",
    "days",
    "given",
    "received",
    "replied",
    "days_lately",
    "threads_lately",
    "replied_lately",
    "given_lately",
    "received_lately",
    "people_lately",
)


def count_facts(member_ids: Sequence[int], since: dt.datetime) -> Mapping[int, Mapping[str, int]]:
    """Return the facts of these members, by one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"ids": list(member_ids), "since": since, "most": MOST_OF_ONE_THREAD})
        return {
            row[0]: {name: int(value or 0) for name, value in zip(_NAMES, row[1:], strict=True)}
            for row in cursor.fetchall()
        }
