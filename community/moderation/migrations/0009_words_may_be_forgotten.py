"""The audit log still only grows: entries lose a name while a member is being erased, and end when they are old."""

from django.db import migrations

ALLOW = """
CREATE OR REPLACE FUNCTION moderation_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('porchlight.upkeep', true) = 'erasure'
    AND to_jsonb(NEW) - '{actor_name,before,after,reason}'::text[] = to_jsonb(OLD) - '{actor_name,before,after,reason}'::text[] THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' AND current_setting('porchlight.upkeep', true) = 'retention'
    AND OLD.occurred_at < now() - interval '30 days' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
"""
REFUSE = """
CREATE OR REPLACE FUNCTION moderation_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0008_what_waits_and_words")]
    operations = [migrations.RunSQL(ALLOW, REFUSE)]
