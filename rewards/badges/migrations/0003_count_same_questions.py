"""A badge for asking what many wonder takes the place of one that nothing could earn."""

from importlib import import_module
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models


def swap(apps: Apps, schema_editor: Any) -> None:
    """Remove the badge that counted nothing, and ship what is absent."""
    apps.get_model("badges", "Badge").objects.filter(key="idea-built").delete()
    import_module("rewards.badges.migrations.0002_shipped_badges").ship(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("badges", "0002_shipped_badges")]

    operations = [
        migrations.AlterField(
            model_name="badge",
            name="metric",
            field=models.CharField(
                blank=True,
                choices=[
                    ("questions", "Questions asked"),
                    ("answers", "Answers to other people’s questions"),
                    ("accepted", "Answers accepted"),
                    ("accepted_late", "Accepted answers to questions that had waited a day"),
                    ("accepted_spaces", "Spaces with an accepted answer"),
                    ("chosen", "Own questions with a chosen answer"),
                    ("helped", "“This helped” marks received"),
                    ("helped_by_one_post", "“This helped” marks on one post"),
                    ("welcomed", "Newcomers answered in their first thread"),
                    ("year", "A full year in the community"),
                    ("same_question", "“Same question” marks on one question"),
                ],
                default="",
                help_text="Leave empty for a badge that is given by hand.",
                max_length=20,
                verbose_name="counts",
            ),
        ),
        migrations.RunPython(swap, migrations.RunPython.noop, elidable=True),
    ]
