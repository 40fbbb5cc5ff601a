"""How closely members attend to spaces and tags."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "tag"], name="tag_follow_once")]
