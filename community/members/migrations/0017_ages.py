"""Finding what is old without reading what is not."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("members", "0016_titles_and_automatic_groups")]

    operations = [
        AddIndexConcurrently(
            model_name='invitation',
            index=models.Index(condition=models.Q(('use_count', 0)), fields=['expires_at'], name='invitation_age'),
        ),
        AddIndexConcurrently(
            model_name='visit',
            index=models.Index(fields=['day'], name='visit_age'),
        ),
    ]
