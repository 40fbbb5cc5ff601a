"""Finding entries of the log by who, what, when and words, without keeping anybody from writing meanwhile."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("moderation", "0013_log_notes_and_looks")]

    operations = [
        AddIndexConcurrently(
            model_name="auditentry",
            index=models.Index(fields=["actor", "-id"], name="audit_actor"),
        ),
        AddIndexConcurrently(
            model_name="auditentry",
            index=models.Index(fields=["act", "-id"], name="audit_act"),
        ),
        AddIndexConcurrently(
            model_name="auditentry",
            index=models.Index(fields=["occurred_at"], name="audit_time"),
        ),
        AddIndexConcurrently(
            model_name="auditentry",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector(
                    "actor_name", "reason", "before", "after", config="simple"
                ),
                name="audit_words",
            ),
        ),
    ]
