"""Of each kind, one open case about a subject; and the order of the queue: due first, then by score."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0005_name_what_cases_are_about")]
    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at', '-score', 'id'], name='case_most_urgent'),
        ),
        migrations.RemoveIndex(
            model_name='case',
            name='case_waiting',
        ),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_about_one_thing',
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('kind', 'subject_type', 'subject_id'), name='case_open_once_per_subject'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('message', None), ('post__isnull', False), ('space_id__isnull', False)), models.Q(('message__isnull', False), ('post', None), ('space_id', None)), models.Q(('message', None), ('post', None), ('subject_id__isnull', False)), _connector='OR'), name='case_about_a_thing'),
        ),
    ]
