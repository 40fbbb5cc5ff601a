"""Rules that are trees: what counted one thing becomes the simplest of them, and the new badges are shipped."""

from importlib import import_module
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.utils import timezone

from rewards.badges.shipped import SHIPPED

_YEAR = {"all": [{"of": "joined", "number": 365, "how": "count"}, {"of": "posts", "number": 1, "how": "count"}]}
# How each of the old counts is written as a leaf: what, and how.
_LEAVES = {
    "questions": ("questions", "count"),
    "answers": ("answers", "count"),
    "accepted": ("accepted", "count"),
    "accepted_late": ("accepted_late", "count"),
    "accepted_spaces": ("accepted", "spaces"),
    "chosen": ("chosen", "count"),
    "helped": ("helped", "count"),
    "helped_by_one_post": ("helped", "one_post"),
    "welcomed": ("welcomed", "people"),
    "same_question": ("same", "one_post"),
}


def as_rule(metric: str, number: int) -> dict[str, Any] | None:
    """Return the tree of what a badge counted before."""
    if metric == "year":
        return _YEAR
    if metric not in _LEAVES:
        return None
    of, how = _LEAVES[metric]
    return {"of": of, "number": number, "how": how}


def give_rules(apps: Apps, schema_editor: Any) -> None:
    """Give every badge its tree. What members hold stays as it is: the tree counts what was counted before."""
    Badge, Member = apps.get_model("badges", "Badge"), apps.get_model("members", "Member")
    import_module("rewards.badges.migrations.0002_shipped_badges").ship(apps, schema_editor)
    shipped = {badge["key"]: badge for badge in SHIPPED}
    is_new_here = not Member.objects.exists()
    for badge in Badge.objects.all():
        known, looks = shipped.get(badge.key), {}
        if known:
            looks = {name: known[name] for name in ("metal", "family")}
        if badge.metric:
            looks |= {"rule": as_rule(badge.metric, badge.number), "counted_at": timezone.now()}
            looks.setdefault("family", "help")
        elif known and known["description"] == badge.description:
            # It came just now, or with the first migrations of a house that nobody has moved into.
            looks |= {name: known[name] for name in ("rule", "every")}
            looks["counted_at"] = timezone.now() if is_new_here else None
        if looks:
            Badge.objects.filter(pk=badge.pk).update(**looks)


class Migration(migrations.Migration):
    dependencies = [("badges", "0005_badges_as_titles"), ("members", "0001_initial")]

    operations = [
        migrations.AddField(
            "badge",
            "metal",
            models.CharField(
                choices=[("bronze", "Bronze"), ("silver", "Silver"), ("gold", "Gold")],
                db_default="bronze",
                default="bronze",
                max_length=6,
                verbose_name="metal",
            ),
        ),
        migrations.AddField(
            "badge",
            "family",
            models.CharField(
                choices=[
                    ("beginning", "First steps"),
                    ("help", "Help given"),
                    ("quality", "Quality"),
                    ("loyalty", "Loyalty"),
                    ("feedback", "Feedback"),
                    ("events", "Events"),
                    ("special", "Given by people"),
                ],
                db_default="special",
                default="special",
                max_length=9,
                verbose_name="group",
            ),
        ),
        migrations.AddField(
            "badge",
            "rule",
            models.JSONField(blank=True, editable=False, null=True, verbose_name="conditions"),
        ),
        migrations.AddField(
            "badge",
            "every",
            models.CharField(
                blank=True,
                choices=[
                    ("", "Once"),
                    ("month", "Once a month"),
                    ("quarter", "Once a quarter"),
                    ("year", "Once a year"),
                ],
                db_default="",
                default="",
                max_length=7,
                verbose_name="can be earned",
            ),
        ),
        migrations.AddField("badge", "counted_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("badge", "per_mille", models.PositiveSmallIntegerField(editable=False, null=True)),
        migrations.AlterField(
            "badge",
            "criteria",
            models.CharField(
                blank=True,
                help_text="Your own words. Left empty, the conditions below are put into words in every language.",
                max_length=200,
                verbose_name="how it is earned",
            ),
        ),
        migrations.AlterField(
            "badge", "metric", models.CharField(blank=True, default="", editable=False, max_length=20)
        ),
        migrations.AlterField("badge", "number", models.PositiveIntegerField(default=1, editable=False)),
        migrations.AlterField("badge", "is_active", models.BooleanField(default=True, verbose_name="in use")),
        migrations.RunPython(give_rules, migrations.RunPython.noop),
    ]
