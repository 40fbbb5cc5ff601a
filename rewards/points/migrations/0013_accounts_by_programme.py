"""A member has accounts once in each programme. Indexes are built beside the traffic, and the older ones go when theirs stand.

Going back is refused by the older indexes where somebody has accounts in two programmes: their purses would become one.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

ONCE = """CREATE UNIQUE INDEX CONCURRENTLY {name} ON points_account ({columns}) WHERE owner_id IS {null}"""
GONE = "DROP INDEX CONCURRENTLY IF EXISTS {name}"
# Older index, its columns; newer index, its columns; whose accounts; the constraints as Django knows them.
PAIRS = (
    ("account_once_per_member", "account_once_per_programme", ["owner"], "NOT NULL", Q(owner__isnull=False)),
    ("account_once_for_the_house", "house_account_once", [], "NULL", Q(owner__isnull=True)),
)


def _unique(name: str, fields: list[str], null: str) -> list[str]:
    columns = ", ".join({"owner": "owner_id", "programme": "programme_id"}.get(it, it) for it in fields)
    # What an interrupted build left behind is of no use.
    return [GONE.format(name=name), ONCE.format(name=name, columns=columns, null=null)]


def _swap(old: str, new: str, owner: list[str], null: str, whose: Q) -> migrations.SeparateDatabaseAndState:
    fields = [*owner, "programme", "unit", "kind"]
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(_unique(new, fields, null), [GONE.format(name=new)]),
            migrations.RunSQL([GONE.format(name=old)], _unique(old, [*owner, "unit", "kind"], null)),
        ],
        state_operations=[
            migrations.RemoveConstraint("account", old),
            migrations.AddConstraint(
                "account", models.UniqueConstraint(fields=fields, condition=whose, name=new)
            ),
        ],
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("points", "0012_programmes")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE points_account VALIDATE CONSTRAINT points_account_programme_fk", migrations.RunSQL.noop
        ),
        *(_swap(*pair) for pair in PAIRS),
        AddIndexConcurrently(
            "transfer",
            models.Index(
                fields=["member", "programme", "-id"], condition=~Q(programme="main"), name="transfer_elsewhere"
            ),
        ),
    ]
