"""What an event says never changes; addresses are found by their digest; the types that every community starts with."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations

from rewards.intake.shipped import SHIPPED

GUARD = """
CREATE FUNCTION intake_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what an event says never changes: % %', OLD.source, OLD.event_id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER intake_brandevent_append_only BEFORE UPDATE ON intake_brandevent FOR EACH ROW
    WHEN ((OLD.source, OLD.event_id, OLD.type_id, OLD.occurred_at, OLD.amount, OLD.currency, OLD.quantity, OLD.attributes,
           OLD.original_id, OLD.digest, OLD.received_at)
      IS DISTINCT FROM (NEW.source, NEW.event_id, NEW.type_id, NEW.occurred_at, NEW.amount, NEW.currency, NEW.quantity,
           NEW.attributes, NEW.original_id, NEW.digest, NEW.received_at))
    EXECUTE FUNCTION intake_refuse_change();
"""
UNGUARD = """
DROP TRIGGER intake_brandevent_append_only ON intake_brandevent;
DROP FUNCTION intake_refuse_change();
"""
DIGEST = """
CREATE FUNCTION intake_digest(address text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN encode(sha256(convert_to(lower(address), 'UTF8')), 'hex');
CREATE INDEX intake_address_digest ON account_emailaddress (intake_digest(email)) WHERE verified;
"""
UNDIGEST = """
DROP INDEX intake_address_digest;
DROP FUNCTION intake_digest(text);
"""


def ship(apps: Apps, schema_editor: Any) -> None:
    """Add what is absent; a type that managers changed is left alone."""
    Type = apps.get_model("intake", "EventType")
    known = set(Type.objects.values_list("key", flat=True))
    Type.objects.bulk_create([Type(**row) for row in SHIPPED if row["key"] not in known])


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("account", "0009_emailaddress_unique_primary_email")]

    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(DIGEST, UNDIGEST),
        migrations.RunPython(ship, migrations.RunPython.noop, elidable=True),
    ]
