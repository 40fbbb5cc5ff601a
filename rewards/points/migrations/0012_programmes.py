"""More than one programme of points. Columns with a fixed default, so that no table is written anew; everything there is belongs to `main`.

The foreign key of accounts is looked through in the next migration, while members go on earning.
"""

from typing import Any

from django.db import migrations, models
from django.db.models.deletion import PROTECT

ACCOUNT = """
ALTER TABLE points_account ADD COLUMN programme_id varchar(40) DEFAULT 'main' NOT NULL;
ALTER TABLE points_account ADD CONSTRAINT points_account_programme_fk FOREIGN KEY (programme_id)
    REFERENCES points_programme (key) DEFERRABLE INITIALLY DEFERRED NOT VALID;
CREATE FUNCTION points_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an account keeps whose it is, in what and for which programme' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER points_account_keeps_its_place BEFORE UPDATE OF programme_id, owner_id, unit, kind ON points_account
    FOR EACH ROW WHEN ((OLD.programme_id, OLD.owner_id, OLD.unit, OLD.kind)
        IS DISTINCT FROM (NEW.programme_id, NEW.owner_id, NEW.unit, NEW.kind))
    EXECUTE FUNCTION points_guard_account();
"""
NO_ACCOUNT = """
DROP TRIGGER points_account_keeps_its_place ON points_account;
DROP FUNCTION points_guard_account();
ALTER TABLE points_account DROP COLUMN programme_id;
"""

# As in 0002; with what the placeholders add, no leg is in the account of another programme.
CHECK = """
CREATE OR REPLACE FUNCTION points_check_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint := CASE TG_TABLE_NAME WHEN 'points_entry' THEN (to_jsonb(NEW) ->> 'transfer_id')::bigint ELSE NEW.id END;
    legs record;
BEGIN
    SELECT count(entry.id) AS n,
        coalesce(sum(entry.amount) FILTER (WHERE account.unit = 'status'), 0) AS status,
        coalesce(sum(entry.amount) FILTER (WHERE account.unit = 'spend'), 0) AS spend,
        coalesce(sum(entry.amount) FILTER (WHERE account.unit = 'status' AND account.owner_id IS NOT NULL), 0) AS earned,
        coalesce(sum(entry.amount) FILTER (WHERE account.unit = 'spend' AND account.owner_id IS NOT NULL), 0) AS spendable,
        count(*) FILTER (WHERE account.owner_id <> transfer.member_id) AS strangers,{count}
        transfer.earned AS said_earned, transfer.spendable AS said_spendable
    INTO legs
    FROM points_transfer transfer
    LEFT JOIN points_entry entry ON entry.transfer_id = transfer.id
    LEFT JOIN points_account account ON account.id = entry.account_id
    WHERE transfer.id = wanted
    GROUP BY transfer.id;
    IF legs.n < 2 OR legs.status <> 0 OR legs.spend <> 0 OR legs.strangers > 0{refuse}
        OR legs.earned <> legs.said_earned OR legs.spendable <> legs.said_spendable THEN
        RAISE EXCEPTION 'transfer % does not cancel out: %', wanted, to_jsonb(legs) USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""
CHECK_PROGRAMME = CHECK.replace(
    "{count}", "\n        count(*) FILTER (WHERE account.programme_id <> transfer.programme_id) AS elsewhere,"
).replace("{refuse}", " OR legs.elsewhere > 0")
CHECK_BEFORE = CHECK.replace("{count}", "").replace("{refuse}", "")


def _programme(**more: Any) -> Any:
    return models.ForeignKey(
        to="points.programme",
        to_field="key",
        default="main",
        db_default=models.Value("main"),
        editable=False,
        on_delete=PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="programme",
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("points", "0011_proposals")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(ACCOUNT, NO_ACCOUNT)],
            state_operations=[migrations.AddField("account", "programme", _programme())],
        ),
        migrations.AddField("transfer", "programme", _programme(db_constraint=False)),
        migrations.AddField("earningrule", "programme", _programme()),
        migrations.AddField("campaign", "programme", _programme()),
        migrations.AddField("proposal", "programme", _programme()),
        migrations.RunSQL(CHECK_PROGRAMME, CHECK_BEFORE),
    ]
