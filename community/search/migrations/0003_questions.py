"""Who wrote it, whether it holds a picture, and what a member looked for lately."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Ranking reads the words of every match. Kept in the row, they cost a third of what they cost beside it.
PATIENTLY = "SET LOCAL statement_timeout = 0"
NEAR = "ALTER TABLE search_searchdocument ALTER COLUMN words SET STORAGE MAIN"
FAR = "ALTER TABLE search_searchdocument ALTER COLUMN words SET STORAGE EXTENDED"

# Every row is written anew, which moves its words in. The index of words is made again at the end: filled row by row it
# would take ten times as long.
FILL = """
DROP INDEX search_words;
UPDATE search_searchdocument d
   SET author_id = p.author_id, has_picture = p.body_html LIKE '%<img%', words = d.words || ''::tsvector
  FROM threads_post p WHERE d.kind = 'reply' AND p.id = d.target_pk;
UPDATE search_searchdocument d
   SET author_id = p.author_id, has_picture = p.body_html LIKE '%<img%', words = d.words || ''::tsvector
  FROM threads_post p WHERE d.kind = 'thread' AND p.thread_id = d.target_pk AND p.position = 1;
CREATE INDEX search_words ON search_searchdocument USING gin (words);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_documents'),
        ('threads', '0005_room_for_counters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # A large index takes longer to fill than any page may take.
        migrations.RunSQL(PATIENTLY, migrations.RunSQL.noop),
        migrations.CreateModel(
            name='RecentSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'recent search',
                'verbose_name_plural': 'recent searches',
            },
        ),
        migrations.AddField(
            model_name='searchdocument',
            name='author_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='searchdocument',
            name='has_picture',
            field=models.BooleanField(default=False),
        ),
        migrations.RunSQL(NEAR, FAR),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='searchdocument',
            index=models.Index(fields=['author_id', '-created_at', '-id'], name='search_author'),
        ),
        migrations.AddIndex(
            model_name='searchdocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('kind', 'thread')), fields=['title'], name='search_title_alike', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddField(
            model_name='recentsearch',
            name='member',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='recent_searches', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='recentsearch',
            constraint=models.UniqueConstraint(fields=('member', 'text'), name='recent_search_once'),
        ),
    ]
