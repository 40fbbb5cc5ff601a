"""A post may be reported while another kind of case about it waits: of each kind there is one, which another rule keeps."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("moderation", "0019_log_kept_a_year")]
    operations = [migrations.RemoveConstraint(model_name="case", name="case_open_once_per_post")]
