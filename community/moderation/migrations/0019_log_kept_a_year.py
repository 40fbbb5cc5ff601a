"""The audit log ends for nobody before a year, whatever the rules of retention say."""

from importlib import import_module

from django.db import migrations

MARK = import_module("community.moderation.migrations.0013_log_notes_and_looks").MARK
A_YEAR = MARK.replace("interval '30 days'", "interval '365 days'")


class Migration(migrations.Migration):
    dependencies = [("moderation", "0018_ages")]
    operations = [migrations.RunSQL(A_YEAR, MARK)]
