"""Finding what is old without reading what is not."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("conversations", "0002_rooms")]

    operations = [
        AddIndexConcurrently(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'deleted'), models.Q(('body_md', ''), _negated=True)), fields=['state_at'], name='message_deleted_age'),
        ),
    ]
