"""One question that fits any community, so that the first newcomer is asked something."""

from django.db import migrations

TEXT = "What brings you here this week?"


def add(apps, schema_editor):
    apps.get_model("journeys", "IceBreaker").objects.create(text=TEXT)


class Migration(migrations.Migration):
    dependencies = [("journeys", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
