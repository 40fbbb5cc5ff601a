"""The house's accounts and the rules every new community starts with."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations

from rewards.points.accounts import HOUSE_IDS
from rewards.points.shipped import SHIPPED


def ship(apps: Apps, schema_editor: Any) -> None:
    """Add what is absent; a rule that managers changed is left alone."""
    Account, Rule = apps.get_model("points", "Account"), apps.get_model("points", "EarningRule")
    Account.objects.bulk_create(
        [
            Account(pk=pk, unit=str(unit), kind=str(kind))
            for (unit, kind), pk in HOUSE_IDS.items()
            # Those that came later have migrations of their own.
            if kind in ("issued", "spent")
        ],
        ignore_conflicts=True,
    )
    known = set(Rule.objects.values_list("key", flat=True))
    fields = {field.name for field in Rule._meta.fields}
    fresh = [rule for rule in SHIPPED if rule["key"] not in known]
    Rule.objects.bulk_create(
        [Rule(**{name: value for name, value in rule.items() if name in fields}) for rule in fresh]
    )


class Migration(migrations.Migration):
    dependencies = [("points", "0002_ledger_guards")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop, elidable=True)]
