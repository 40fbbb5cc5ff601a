"""How closely members attend to spaces and tags."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Group
from community.spaces.models.space import Space
from community.spaces.models.tags import Tag


class Level(models.TextChoices):
    """How closely a member attends to a thread, a space or a tag. Each listens to more than those after it.

    A thread's own level decides. Where there is none, the closest of its space and tags does; muting yields to listening.
    Levels as in Discourse, whose members know them.
    """

    WATCHING = "watching", _("Watching")
    TRACKING = "tracking", _("Tracking")
    FIRST_POSTS = "first_posts", _("New threads")
    NORMAL = "normal", _("Normal")
    MUTED = "muted", _("Muted")


class SpaceFollow(models.Model):
    """How closely a member attends to a space. No row is the normal level; a row that is not muted puts it in the rail."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="follows")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="space_follows"
    )
    level = models.CharField(
        max_length=11, choices=Level.choices, default=Level.FIRST_POSTS, db_default=Level.FIRST_POSTS
    )
    # The key of the group that brought it; empty as soon as the member chooses themselves.
    from_group = models.BigIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "member"], name="space_follow_once")]


class TagFollow(models.Model):
    """How closely a member attends to a tag. No row is the normal level."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="follows")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tag_follows", db_index=False
    )
    level = models.CharField(max_length=11, choices=Level.choices)
    from_group = models.BigIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "tag"], name="tag_follow_once")]


class GroupLevel(models.Model):
    """How closely who comes into a group attends to one space or one tag, unless they chose otherwise themselves."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="levels")
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(_("level"), max_length=11, choices=Level.choices, default=Level.WATCHING)

    class Meta:
        verbose_name = _("level that a group brings")
        verbose_name_plural = _("levels that groups bring")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "space"], condition=Q(space__isnull=False), name="group_level_space_once"
            ),
            models.UniqueConstraint(
                fields=["group", "tag"], condition=Q(tag__isnull=False), name="group_level_tag_once"
            ),
            models.CheckConstraint(
                condition=Q(space__isnull=False, tag=None) | Q(space=None, tag__isnull=False),
                name="group_level_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.level}"
