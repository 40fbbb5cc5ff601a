"""Posts that call a whole group by its name."""

from django.db import models

from community.members.models import Group


class GroupCall(models.Model):
    """A post calls everyone in a group."""

    post = models.ForeignKey(
        "threads.Post", on_delete=models.CASCADE, related_name="group_calls", db_index=False
    )
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        app_label = "threads"
        constraints = [models.UniqueConstraint(fields=["post", "group"], name="group_call_once")]
