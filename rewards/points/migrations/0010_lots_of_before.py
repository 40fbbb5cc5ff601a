"""A lot for every balance there is, a thousand accounts at a time, while members go on earning and spending.

Stopped, it goes on where it was. What moves meanwhile under an older version is put right by the next spending, or the next night.
"""

from typing import Any

from django.apps.registry import Apps
from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations
from django.utils.translation import gettext_noop

EXPIRED_HOUSE = 9_000_000_000_000_004
BATCH = 1000

FILL = """
WITH found AS (
  SELECT id, balance FROM points_account account
  WHERE id > %s AND kind = 'member' AND unit = 'spend' AND balance > 0
    AND NOT EXISTS (SELECT 1 FROM points_lot lot WHERE lot.account_id = account.id)
  ORDER BY id LIMIT %s FOR UPDATE
), made AS (
  INSERT INTO points_lot (account_id, amount, remaining, came_at, dated_for)
  SELECT id, balance, balance, '2000-01-01 00:00+00', 0 FROM found
)
SELECT max(id) FROM found
"""


def fill(apps: Apps, schema_editor: Any) -> None:
    """Each round is a transaction of its own."""
    after = 0
    while after is not None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(FILL, [after, BATCH])
            (after,) = cursor.fetchone()


def ship(apps: Apps, schema_editor: Any) -> None:
    """The programme every community has, whose points never expire until a manager says so, and the house's new account."""
    Account, Programme = apps.get_model("points", "Account"), apps.get_model("points", "Programme")
    Programme.objects.get_or_create(key="main", defaults={"name": gettext_noop("Points")})
    Account.objects.get_or_create(pk=EXPIRED_HOUSE, defaults={"unit": "spend", "kind": "lapsed"})


def unship(apps: Apps, schema_editor: Any) -> None:
    """Take back the house's account where nothing ever expired; where something did, the books need it."""
    apps.get_model("points", "Account").objects.filter(pk=EXPIRED_HOUSE, balance=0, entries=None).delete()


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("points", "0009_lots")]

    operations = [
        ValidateConstraint("account", "account_owner_fits_kind"),
        migrations.RunPython(ship, unship, elidable=True),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
