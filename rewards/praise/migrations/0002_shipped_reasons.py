"""What thanks can be for in a new community, and the rule by which they earn."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations

from rewards.praise.shipped import KINDS, RULE


def ship(apps: Apps, schema_editor: Any) -> None:
    """Add what is absent."""
    Kind, Rule = apps.get_model("praise", "PraiseKind"), apps.get_model("points", "EarningRule")
    if not Kind.objects.exists():
        Kind.objects.bulk_create([Kind(**kind) for kind in KINDS])
    if not Rule.objects.filter(key=RULE["key"]).exists():
        Rule.objects.create(**RULE)


class Migration(migrations.Migration):
    dependencies = [
        ("praise", "0001_initial"),
        ("points", "0014_thanked_beneficiary"),
        ("members", "0019_member_show_thanks"),
    ]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop, elidable=True)]
