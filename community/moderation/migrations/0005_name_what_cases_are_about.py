"""Name what the cases there are about: each a reported post or message. In batches, each its own transaction."""

from django.db import migrations

BATCH = 5000
FILL = """
UPDATE moderation_case SET
  kind = CASE WHEN message_id IS NULL THEN 'post_report' ELSE 'message_report' END,
  subject_type = CASE WHEN message_id IS NULL THEN 'threads.post' ELSE 'conversations.message' END,
  subject_id = COALESCE(message_id, post_id)
WHERE id IN (SELECT id FROM moderation_case WHERE subject_id IS NULL LIMIT %s)
"""


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(FILL, [BATCH])
            if cursor.rowcount < BATCH:
                return


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("moderation", "0004_cases_of_any_kind")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
