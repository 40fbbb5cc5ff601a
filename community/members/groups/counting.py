"""How many are in groups: those that keep themselves, and the others where accounts became one or something broke off."""

from django.db import connection
from django.db.models import F

from community.members.models import Group, people_by

_COUNT = """UPDATE members_group g SET member_count = truth.n
  FROM (SELECT x.id, (SELECT count(*) FROM members_groupmembership m WHERE m.group_id = x.id) AS n
    FROM members_group x WHERE x.rule = '') truth
  WHERE truth.id = g.id AND g.member_count <> truth.n"""


def count_groups() -> int:
    """Set the count of every group that people come into to its rows. Returns how many were wrong."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        return int(cursor.rowcount)


def count_automatic_groups(*rules: str) -> int:
    """Count anew how many are in the automatic groups, or in those of some rules. Returns how many counts moved."""
    groups = Group.objects.filter(rule__in=rules) if rules else Group.objects.exclude(rule="")
    moved = 0
    for group in groups.order_by("pk"):
        now = people_by(group.rule).count()
        moved += Group.objects.filter(pk=group.pk).exclude(member_count=now).update(member_count=now)
    return moved


def move_automatic_counts(*, before: int, after: int) -> None:
    """Move the counts of the groups by trust level after one member went from one level to another."""
    step = 1 if after > before else -1
    rules = [f"trust_{level}" for level in range(min(before, after) + 1, max(before, after) + 1)]
    rows = Group.objects.filter(rule__in=rules, member_count__gte=0 if step > 0 else 1)
    rows.update(member_count=F("member_count") + step)
