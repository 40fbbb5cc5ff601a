"""Points set aside: rows that end once, which a trigger keeps."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


GUARD = """
CREATE FUNCTION points_guard_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('porchlight.upkeep', true) = 'erasure'
        AND to_jsonb(NEW) - 'memo' = to_jsonb(OLD) - 'memo' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'open' AND NEW.state <> 'open'
        AND to_jsonb(NEW) - ARRAY['state', 'captured', 'transfer_id', 'ended_at']
          = to_jsonb(OLD) - ARRAY['state', 'captured', 'transfer_id', 'ended_at'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a hold ends once and changes in nothing else' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER points_hold_ends_once BEFORE UPDATE OR DELETE ON points_hold
    FOR EACH ROW EXECUTE FUNCTION points_guard_hold();
"""
UNGUARD = """
DROP TRIGGER points_hold_ends_once ON points_hold;
DROP FUNCTION points_guard_hold();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('points', '0007_earning_in_more_ways'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField()),
                ('captured', models.BigIntegerField(default=0)),
                ('state', models.CharField(choices=[('open', 'Held'), ('captured', 'Spent'), ('released', 'Let go'), ('expired', 'Timed out')], default='open', max_length=8)),
                ('scope', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=120)),
                ('memo', models.CharField(max_length=300)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='points.account')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='point_holds', to=settings.AUTH_USER_MODEL)),
                ('transfer', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hold', to='points.transfer')),
            ],
            options={
                'verbose_name': 'held points',
                'verbose_name_plural': 'held points',
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['expires_at'], name='hold_due'), models.Index(fields=['member', '-id'], name='hold_of_member')],
                'constraints': [models.UniqueConstraint(fields=('scope', 'key'), name='hold_key_once'), models.CheckConstraint(condition=models.Q(('amount__gte', 1)), name='hold_sets_something_aside'), models.CheckConstraint(condition=models.Q(models.Q(('captured', 0), ('ended_at__isnull', True), ('state', 'open'), ('transfer__isnull', True)), models.Q(('captured__gte', 1), ('ended_at__isnull', False), ('state', 'captured'), ('transfer__isnull', False)), models.Q(('captured', 0), ('ended_at__isnull', False), ('state__in', ['released', 'expired']), ('transfer__isnull', True)), _connector='OR'), name='hold_ends_one_way'), models.CheckConstraint(condition=models.Q(('captured__lte', models.F('amount'))), name='hold_takes_no_more')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
