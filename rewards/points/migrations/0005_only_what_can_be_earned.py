"""Every rule that everyone reads can be earned: one for which nothing happens yet is not shipped."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations


def remove(apps: Apps, schema_editor: Any) -> None:
    """Remove the rule unless it paid for something."""
    apps.get_model("points", "EarningRule").objects.filter(key="idea_shipped", transfers=None).delete()


class Migration(migrations.Migration):
    dependencies = [("points", "0004_check_by_index")]

    operations = [migrations.RunPython(remove, migrations.RunPython.noop, elidable=True)]
