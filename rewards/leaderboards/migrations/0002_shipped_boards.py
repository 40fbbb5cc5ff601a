"""The lists every new community starts with."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations

from rewards.leaderboards.shipped import SHIPPED


def ship(apps: Apps, schema_editor: Any) -> None:
    """Add what is absent, unless managers made lists of their own."""
    Board = apps.get_model("leaderboards", "Board")
    if not Board.objects.exists():
        Board.objects.bulk_create([Board(**board) for board in SHIPPED])


class Migration(migrations.Migration):
    dependencies = [("leaderboards", "0001_initial")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop, elidable=True)]
