"""Lots, what they paid, and the policy of expiry. New tables; of the old ones only what is quick to change."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


GUARD = """
CREATE TRIGGER points_allocation_append_only BEFORE UPDATE OR DELETE ON points_allocation
    FOR EACH ROW EXECUTE FUNCTION points_refuse_change();
CREATE FUNCTION points_guard_lot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.account_id, NEW.transfer_id, NEW.amount, NEW.came_at)
        IS NOT DISTINCT FROM (OLD.account_id, OLD.transfer_id, OLD.amount, OLD.came_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a lot keeps what came, when and how: % on %', lower(TG_OP), TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER points_lot_keeps_its_amount BEFORE UPDATE OR DELETE ON points_lot
    FOR EACH ROW EXECUTE FUNCTION points_guard_lot();
"""
UNGUARD = """
DROP TRIGGER points_lot_keeps_its_amount ON points_lot;
DROP FUNCTION points_guard_lot();
DROP TRIGGER points_allocation_append_only ON points_allocation;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('points', '0008_holds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Allocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='ExpiryWarning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expires_at', models.DateTimeField()),
                ('days', models.PositiveSmallIntegerField()),
                ('amount', models.BigIntegerField()),
                ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField()),
                ('remaining', models.BigIntegerField()),
                ('came_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('dated_for', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(editable=False, max_length=40, unique=True)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('expiry', models.CharField(choices=[('never', 'Never'), ('rolling', 'Some months after they came, at the end of that month'), ('fixed', 'On one day of every year'), ('inactivity', 'Some months after the last earning or spending')], default='never', max_length=10, verbose_name='points to spend expire')),
                ('months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='months')),
                ('month', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='month of the year')),
                ('day', models.PositiveSmallIntegerField(default=31, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='day of the month')),
                ('switched_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'points programme',
                'verbose_name_plural': 'points programmes',
            },
        ),
        migrations.RemoveConstraint(
            model_name='account',
            name='account_owner_fits_kind',
        ),
        migrations.AlterField(
            model_name='account',
            name='kind',
            field=models.CharField(choices=[('member', 'Member'), ('owed', 'Owed by a member'), ('issued', 'Issued'), ('spent', 'Spent'), ('lapsed', 'Expired')], max_length=6),
        ),
        migrations.AlterField(
            model_name='transfer',
            name='kind',
            field=models.CharField(choices=[('award', 'Earned'), ('reversal', 'Taken back'), ('adjustment', 'Corrected by the team'), ('spending', 'Spent'), ('expiry', 'Expired')], max_length=10),
        ),
        AddConstraintNotValid(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['member', 'owed']), ('owner__isnull', False)), models.Q(('kind__in', ['issued', 'spent', 'lapsed']), ('owner__isnull', True)), _connector='OR'), name='account_owner_fits_kind'),
        ),
        migrations.AddField(
            model_name='allocation',
            name='transfer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='points.transfer'),
        ),
        migrations.AddField(
            model_name='expirywarning',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expiry_warnings', to='points.account'),
        ),
        migrations.AddField(
            model_name='lot',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='points.account'),
        ),
        migrations.AddField(
            model_name='lot',
            name='transfer',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lot', to='points.transfer'),
        ),
        migrations.AddField(
            model_name='allocation',
            name='lot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='points.lot'),
        ),
        migrations.AddConstraint(
            model_name='expirywarning',
            constraint=models.UniqueConstraint(fields=('account', 'expires_at', 'days'), name='expiry_told_once'),
        ),
        migrations.AddIndex(
            model_name='lot',
            index=models.Index(condition=models.Q(('remaining__gt', 0)), fields=['account', 'expires_at', 'came_at', 'id'], name='lot_order'),
        ),
        migrations.AddIndex(
            model_name='lot',
            index=models.Index(condition=models.Q(('expires_at__isnull', False), ('remaining__gt', 0)), fields=['expires_at'], name='lot_expiring'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 1), ('remaining__gte', 0), ('remaining__lte', models.F('amount'))), name='lot_within_itself'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.UniqueConstraint(fields=('lot', 'transfer'), name='allocation_once_per_lot'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='allocation_moves_something'),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
