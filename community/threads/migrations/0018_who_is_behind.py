from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

BATCH = 20_000
TELL = """
UPDATE threads_readstate r SET reached = t.last_position FROM threads_thread t
 WHERE t.id = r.thread_id AND r.last_read_position < t.last_position AND r.id >= %s AND r.id < %s
"""


def tell(apps, schema_editor):
    """Mark who is behind already. In batches, each its own transaction."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM threads_readstate")
        first, last = cursor.fetchone()
        for start in range(first or 0, (last or -1) + 1, BATCH):
            cursor.execute(TELL, [start, start + BATCH])


class Migration(migrations.Migration):
    # Told and indexed while members go on reading.
    atomic = False

    dependencies = [
        ('threads', '0017_age_of_deleted'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='readstate',
            name='reached',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.RunPython(tell, migrations.RunPython.noop, elidable=True),
        AddIndexConcurrently(
            model_name='readstate',
            index=models.Index(condition=models.Q(('reached__gt', models.F('last_read_position'))), fields=['member'], name='read_state_behind'),
        ),
    ]
