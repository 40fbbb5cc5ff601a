"""Posts that are hidden together with a penalty."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0014_find_in_the_log")]

    operations = [
        migrations.AddField(
            model_name="penalty",
            name="hidden_posts",
            field=models.JSONField(
                blank=True, db_default=models.Value([], models.JSONField()), default=list
            ),
        ),
    ]
