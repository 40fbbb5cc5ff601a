"""A write pays for every index and every check: promises are the most written rows of all.

What a promise points to is asked at once, not again at the commit: both rows are written by one statement.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

POINTS_TO = 'activity_delivery_activity_id_ec2ee8d8_fk_activity_activity_id'


class Migration(migrations.Migration):

    dependencies = [
        ('activity', '0002_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='activity',
            name='actor',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='activity',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='activity.activity'),
        ),
        migrations.RunSQL(
            f'ALTER TABLE activity_delivery ALTER CONSTRAINT {POINTS_TO} NOT DEFERRABLE',
            f'ALTER TABLE activity_delivery ALTER CONSTRAINT {POINTS_TO} DEFERRABLE INITIALLY DEFERRED',
        ),
    ]
