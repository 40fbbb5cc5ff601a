"""The first steps every new community starts with, and the rule by which finished quests pay."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations

from rewards.quests.shipped import FIRST_STEPS, RULE, STEPS


def ship(apps: Apps, schema_editor: Any) -> None:
    """Add what is absent."""
    EarningRule, Quest, Step = (
        apps.get_model(*names) for names in (("points", "EarningRule"), ("quests", "Quest"), ("quests", "Step"))
    )
    if not EarningRule.objects.filter(key=RULE["key"]).exists():
        EarningRule.objects.create(**RULE)
    if not Quest.objects.filter(kind="onboarding").exists():
        quest = Quest.objects.create(**FIRST_STEPS)
        Step.objects.bulk_create([Step(quest=quest, place=n, **step) for n, step in enumerate(STEPS, 1)])


class Migration(migrations.Migration):
    dependencies = [
        ("quests", "0001_initial"),
        ("points", "0013_accounts_by_programme"),
        ("badges", "0008_credentials"),
    ]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop, elidable=True)]
