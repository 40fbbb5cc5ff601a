"""Sums of days, and what points are worth to the brand."""

import django.core.validators
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('points', '0014_thanked_beneficiary'),
    ]

    operations = [
        migrations.CreateModel(
            name='DayTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('kind', models.CharField(choices=[('award', 'Earned'), ('reversal', 'Taken back'), ('adjustment', 'Corrected by the team'), ('spending', 'Spent'), ('expiry', 'Expired')], max_length=10)),
                ('rule_key', models.CharField(blank=True, default='', max_length=40)),
                ('times', models.PositiveIntegerField()),
                ('earned', models.BigIntegerField()),
                ('spendable', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'points of a day',
                'verbose_name_plural': 'Points at a glance',
            },
        ),
        migrations.CreateModel(
            name='PointWorth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('per_hundred', models.PositiveIntegerField(blank=True, help_text='In the smallest unit of the currency: 100 cents are 1.00. Leave it empty to show no money.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000000)], verbose_name='what 100 points are worth')),
                ('currency', models.CharField(default='EUR', help_text='Three capital letters, such as EUR.', max_length=3, validators=[django.core.validators.RegexValidator('^[A-Z]{3}\\Z', 'Three capital letters, such as EUR.')], verbose_name='currency')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'verbose_name': 'what points are worth',
                'verbose_name_plural': 'what points are worth',
            },
        ),
        migrations.AlterField(
            model_name='pendingaward',
            name='state',
            field=models.CharField(choices=[('waiting', 'Points on their way'), ('paid', 'Paid'), ('cancelled', 'Taken back'), ('stopped', 'Stopped by the team')], default='waiting', max_length=9),
        ),
        migrations.AddConstraint(
            model_name='daytotal',
            constraint=models.UniqueConstraint(fields=('day', 'kind', 'rule_key'), name='day_total_once'),
        ),
    ]
