"""Finding what is old without reading what is not."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("threads", "0016_posts_by_when")]

    operations = [
        AddIndexConcurrently(
            model_name='post',
            index=models.Index(condition=models.Q(('state', 'deleted'), models.Q(('body_md', ''), _negated=True)), fields=['deleted_at'], name='post_deleted_age'),
        ),
    ]
