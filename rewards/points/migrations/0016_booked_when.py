"""Finding what was booked on some days, and what people corrected, without reading the whole ledger."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [('points', '0015_totals')]

    operations = [
        AddIndexConcurrently(
            model_name='transfer',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['created_at'], name='transfer_booked', pages_per_range=16),
        ),
        AddIndexConcurrently(
            model_name='transfer',
            index=models.Index(condition=models.Q(('kind', 'adjustment')), fields=['-id'], name='transfer_corrected'),
        ),
    ]
