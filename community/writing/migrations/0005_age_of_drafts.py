"""Finding what is old without reading what is not."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("writing", "0004_banners")]

    operations = [
        AddIndexConcurrently(
            model_name='draft',
            index=models.Index(fields=['updated_at'], name='draft_age'),
        ),
    ]
