"""The tiers every new community starts with."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations

from rewards.tiers.shipped import SHIPPED


def ship(apps: Apps, schema_editor: Any) -> None:
    """Add what is absent, unless managers made tiers of their own."""
    Tier = apps.get_model("tiers", "Tier")
    fields = {field.name for field in Tier._meta.fields}
    if not Tier.objects.exists():
        Tier.objects.bulk_create(
            [Tier(**{name: value for name, value in tier.items() if name in fields}) for tier in SHIPPED]
        )


class Migration(migrations.Migration):
    dependencies = [("tiers", "0001_initial")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop, elidable=True)]
