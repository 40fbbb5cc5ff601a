"""The statement that tells many members at once, written by hand because it must be one."""

# Members for whom this Activity is new get a notice, or it joins the one that is still unread under the same key.
# Ordered by member, so that two of these statements never wait for each other in a circle.
TELL = """
WITH fresh AS (
  INSERT INTO notifications_noticecause (activity_id, member_id)
  SELECT %(activity)s, member FROM unnest(%(members)s::bigint[]) AS member ORDER BY member
  ON CONFLICT DO NOTHING RETURNING member_id
)
INSERT INTO notifications_notice AS notice
  (member_id, kind, priority, activity_id, subject_type, subject_pk, thread_id, merge_key, payload,
   event_count, actor_ids, is_hidden, created_at, updated_at)
SELECT member_id, %(kind)s, %(priority)s, %(activity)s, %(subject_type)s, %(subject_pk)s, %(thread)s, %(merge_key)s,
  %(payload)s::jsonb, 1, %(actors)s::bigint[], false, %(now)s, %(now)s
FROM fresh ORDER BY member_id
ON CONFLICT (member_id, merge_key) WHERE read_at IS NULL AND NOT merge_key = '' DO UPDATE SET
  activity_id = greatest(notice.activity_id, EXCLUDED.activity_id),
  payload = EXCLUDED.payload,
  event_count = notice.event_count + 1,
  actor_ids = (CASE WHEN notice.actor_ids @> EXCLUDED.actor_ids THEN notice.actor_ids
                    ELSE EXCLUDED.actor_ids || notice.actor_ids END)[1:%(most_actors)s],
  updated_at = EXCLUDED.updated_at
RETURNING id, member_id, (xmax = 0) AS is_new
"""

# A kind that says more replaces what the same Activity said before, while nobody has read it.
SAY_MORE = """
UPDATE notifications_notice SET kind = %(kind)s, priority = %(priority)s, subject_type = %(subject_type)s,
  subject_pk = %(subject_pk)s, payload = %(payload)s::jsonb
WHERE activity_id = %(activity)s AND member_id = ANY(%(members)s) AND priority < %(priority)s
  AND read_at IS NULL AND event_count = 1 AND merge_key = ''
RETURNING id, member_id
"""
