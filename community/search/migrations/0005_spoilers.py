"""Leave what spoilers keep out of the words and excerpts of search."""

from django.db import migrations

PLAIN = """
CREATE OR REPLACE FUNCTION search_plain(html text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT left(replace(replace(replace(replace(replace(regexp_replace({html}, '<[^>]*>', ' ', 'g'),
    '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#39;', ''''), '&amp;', '&'), 100000)
$$
"""
# The first quantifier decides for all of them, so it is a shy one too.
KEPT = """regexp_replace(html, '<details class="spoiler[^>]*?>.*?</details>', ' ', 'g')"""


class Migration(migrations.Migration):
    dependencies = [("search", "0004_beginnings")]
    operations = [migrations.RunSQL(PLAIN.format(html=KEPT), PLAIN.format(html="html"))]
