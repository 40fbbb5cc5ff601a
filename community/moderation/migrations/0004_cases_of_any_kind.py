"""Cases of any kind: what they are about is named by type and key, with facts and a score. Expand only; 0005 fills, 0006 binds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0003_reported_messages")]
    operations = [
        migrations.AddField(
            model_name='case',
            name='facts',
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name='case',
            name='kind',
            field=models.CharField(db_default='post_report', default='post_report', max_length=32, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='case',
            name='score',
            field=models.FloatField(db_default=0, default=0, verbose_name='score'),
        ),
        migrations.AddField(
            model_name='case',
            name='subject_id',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='subject_type',
            field=models.CharField(db_default='', default='', max_length=48),
        ),
        migrations.AlterField(
            model_name='case',
            name='before',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name='case',
            name='decision',
            field=models.CharField(blank=True, default='', max_length=32, verbose_name='decision'),
        ),
        migrations.AlterField(
            model_name='case',
            name='state',
            field=models.CharField(choices=[('open', 'Waiting'), ('decided', 'Decided'), ('closed', 'Settled elsewhere')], default='open', max_length=8, verbose_name='state'),
        ),
    ]
