"""The badges every new community starts with."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations

from rewards.badges.shipped import SHIPPED


def ship(apps: Apps, schema_editor: Any) -> None:
    """Add what is absent; a badge that managers changed is left alone."""
    Badge = apps.get_model("badges", "Badge")
    known = set(Badge.objects.values_list("key", flat=True))
    fields = {field.name for field in Badge._meta.fields}
    fresh = [badge for badge in SHIPPED if badge["key"] not in known]
    Badge.objects.bulk_create(
        [Badge(**{name: value for name, value in badge.items() if name in fields}) for badge in fresh]
    )


class Migration(migrations.Migration):
    dependencies = [("badges", "0001_initial")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop, elidable=True)]
