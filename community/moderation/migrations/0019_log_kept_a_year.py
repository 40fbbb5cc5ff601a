"""The audit log ends for nobody before a year, whatever the rules of retention say."""

from importlib import import_module

from django.db import migrations

before = import_module("community.moderation.migrations.0009_words_may_be_forgotten")
A_YEAR = before.ALLOW.replace("interval '30 days'", "interval '365 days'")


class Migration(migrations.Migration):
    dependencies = [("moderation", "0018_ages")]
    operations = [migrations.RunSQL(A_YEAR, before.ALLOW)]
