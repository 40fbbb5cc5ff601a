"""Finding what is old without reading what is not."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("moderation", "0017_outside_checker_asks")]

    operations = [
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=models.Q(('decided_at__isnull', False)), fields=['decided_at'], name='case_age'),
        ),
        AddIndexConcurrently(
            model_name='held',
            index=models.Index(condition=models.Q(('state', 'waiting'), _negated=True), fields=['created_at'], name='held_age'),
        ),
    ]
