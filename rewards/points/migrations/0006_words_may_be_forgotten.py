"""The ledger still refuses every change, but for the words of a transfer while a member is being erased."""

from django.db import migrations

ALLOW_WORDS = """
CREATE OR REPLACE FUNCTION points_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'points_transfer'
        AND current_setting('porchlight.upkeep', true) = 'erasure'
        AND to_jsonb(NEW) - 'memo' = to_jsonb(OLD) - 'memo' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the ledger is append-only: % on %', lower(TG_OP), TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
REFUSE_ALL = """
CREATE OR REPLACE FUNCTION points_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on %', lower(TG_OP), TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("points", "0005_only_what_can_be_earned")]
    operations = [migrations.RunSQL(ALLOW_WORDS, REFUSE_ALL)]
