"""The database keeps the ledger's promises itself: append-only, and every transfer cancels out."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION points_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on %', lower(TG_OP), TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER points_transfer_append_only BEFORE UPDATE OR DELETE ON points_transfer
    FOR EACH ROW EXECUTE FUNCTION points_refuse_change();
CREATE TRIGGER points_entry_append_only BEFORE UPDATE OR DELETE ON points_entry
    FOR EACH ROW EXECUTE FUNCTION points_refuse_change();
"""
ALLOW = """
DROP TRIGGER points_transfer_append_only ON points_transfer;
DROP TRIGGER points_entry_append_only ON points_entry;
DROP FUNCTION points_refuse_change();
"""

CHECK = """
CREATE FUNCTION points_check_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint := CASE TG_TABLE_NAME WHEN 'points_entry' THEN (to_jsonb(NEW) ->> 'transfer_id')::bigint ELSE NEW.id END;
    legs record;
BEGIN
    SELECT count(entry.id) AS n,
        coalesce(sum(entry.amount) FILTER (WHERE account.unit = 'status'), 0) AS status,
        coalesce(sum(entry.amount) FILTER (WHERE account.unit = 'spend'), 0) AS spend,
        coalesce(sum(entry.amount) FILTER (WHERE account.unit = 'status' AND account.owner_id IS NOT NULL), 0) AS earned,
        coalesce(sum(entry.amount) FILTER (WHERE account.unit = 'spend' AND account.owner_id IS NOT NULL), 0) AS spendable,
        count(*) FILTER (WHERE account.owner_id <> transfer.member_id) AS strangers,
        transfer.earned AS said_earned, transfer.spendable AS said_spendable
    INTO legs
    FROM points_transfer transfer
    LEFT JOIN points_entry entry ON entry.transfer_id = transfer.id
    LEFT JOIN points_account account ON account.id = entry.account_id
    WHERE transfer.id = wanted
    GROUP BY transfer.id;
    IF legs.n < 2 OR legs.status <> 0 OR legs.spend <> 0 OR legs.strangers > 0
        OR legs.earned <> legs.said_earned OR legs.spendable <> legs.said_spendable THEN
        RAISE EXCEPTION 'transfer % does not cancel out: %', wanted, to_jsonb(legs) USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER points_transfer_balanced AFTER INSERT ON points_transfer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION points_check_transfer();
CREATE CONSTRAINT TRIGGER points_entry_balanced AFTER INSERT ON points_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION points_check_transfer();
"""
UNCHECK = """
DROP TRIGGER points_transfer_balanced ON points_transfer;
DROP TRIGGER points_entry_balanced ON points_entry;
DROP FUNCTION points_check_transfer();
"""


class Migration(migrations.Migration):
    dependencies = [("points", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW), migrations.RunSQL(CHECK, UNCHECK)]
