"""Finding what is old without reading what is not."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("notifications", "0003_push_to_browsers")]

    operations = [
        AddIndexConcurrently(
            model_name='contactdecision',
            index=models.Index(fields=['decided_at'], name='decision_age'),
        ),
        AddIndexConcurrently(
            model_name='outboundmail',
            index=models.Index(fields=['created_at'], name='mail_age'),
        ),
        AddIndexConcurrently(
            model_name='outboundmail',
            index=models.Index(condition=models.Q(('state', 'sent'), models.Q(('html', ''), _negated=True)), fields=['sent_at'], name='mail_words_age'),
        ),
    ]
