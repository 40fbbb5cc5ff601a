"""Penalties that ended by themselves, and finding those that are about to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("moderation", "0020_reports_beside_other_cases")]

    operations = [
        migrations.AddField(
            model_name="penalty",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        AddIndexConcurrently(
            model_name="penalty",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("lifted_at", None), ("until__isnull", False)),
                fields=["until"],
                name="penalty_ends",
            ),
        ),
    ]
