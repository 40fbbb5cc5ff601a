"""How many first posts of new members wait in a space."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spaces", "0009_levels_of_groups")]

    operations = [
        migrations.AddField(
            model_name="space",
            name="first_posts",
            field=models.PositiveSmallIntegerField(
                blank=True,
                db_default=0,
                default=0,
                help_text="Of each member at trust level 0 who writes here. Where the whole community reads more of them, that holds. 0: as everywhere.",
                validators=[django.core.validators.MaxValueValidator(10)],
                verbose_name="first posts read before they are shown",
            ),
        ),
    ]
