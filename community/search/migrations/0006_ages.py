"""Finding what is old without reading what is not."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("search", "0005_spoilers")]

    operations = [
        AddIndexConcurrently(
            model_name='recentsearch',
            index=models.Index(fields=['asked_at'], name='recent_search_age'),
        ),
    ]
