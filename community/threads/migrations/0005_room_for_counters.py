"""Leave room on each page of threads, so that a row whose counters move stays on its page.

Without it every reaction and every view writes all the indexes of the table anew. Posts follow in 0007.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('threads', '0004_leaner_indexes'),
    ]

    operations = [
        migrations.RunSQL(
            'ALTER TABLE threads_thread SET (fillfactor = 85)', 'ALTER TABLE threads_thread RESET (fillfactor)'
        ),
    ]
