"""Indexes for beginnings of words, and for posts with pictures."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0003_questions'),
    ]

    operations = [
        # A large index takes longer to fill than any page may take.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='searchdocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('kind', 'thread')), fields=['words'], name='search_thread_words'),
        ),
        migrations.AddIndex(
            model_name='searchdocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('kind', 'member')), fields=['words'], name='search_member_words'),
        ),
        migrations.AddIndex(
            model_name='searchdocument',
            index=models.Index(condition=models.Q(('has_picture', True)), fields=['-created_at', '-id'], name='search_pictured'),
        ),
    ]
