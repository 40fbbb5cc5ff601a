"""What Postgres needs for search: three trusted extensions, one text search configuration, one function."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

CREATE = """
CREATE TEXT SEARCH CONFIGURATION porchlight (COPY = english);
ALTER TEXT SEARCH CONFIGURATION porchlight
  ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
"""


# The text of stored HTML, which the sanitiser wrote: a bare "<" in it always begins a tag.
PLAIN = """
CREATE FUNCTION search_plain(html text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT left(replace(replace(replace(replace(replace(regexp_replace(html, '<[^>]*>', ' ', 'g'),
    '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#39;', ''''), '&amp;', '&'), 100000)
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(CREATE, "DROP TEXT SEARCH CONFIGURATION porchlight"),
        migrations.RunSQL(PLAIN, "DROP FUNCTION search_plain"),
    ]
