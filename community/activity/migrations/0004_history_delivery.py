"""One promise for some hundred Activities of history. Promises made before this stay as they are, and are kept."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activity", "0003_cheaper_promises")]

    operations = [
        migrations.CreateModel(
            name="HistoryDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("consumer", models.CharField(max_length=96)),
                (
                    "activity_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
            ],
            options={
                "verbose_name": "delivery of history",
                "verbose_name_plural": "deliveries of history",
            },
        ),
    ]
