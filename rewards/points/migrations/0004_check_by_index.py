"""Let the check of a transfer look only at its own rows, whatever the planner believes of tables that were empty a minute ago."""

from django.db import migrations

QUICK = """
ALTER FUNCTION points_check_transfer() SET enable_seqscan = off;
ALTER FUNCTION points_check_transfer() SET enable_hashjoin = off;
ALTER FUNCTION points_check_transfer() SET enable_mergejoin = off;
"""


class Migration(migrations.Migration):
    dependencies = [("points", "0003_shipped_rules")]

    operations = [migrations.RunSQL(QUICK, "ALTER FUNCTION points_check_transfer() RESET ALL;")]
