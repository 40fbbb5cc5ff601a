"""What readers say about posts with one press, and what they keep."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.threads.models.posts import Post


class ReactionKind(models.TextChoices):
    """What a reader may say with one press."""

    HELPFUL = "helpful", _("This helped")
    THANKS = "thanks", _("Thanks")
    SAME = "same", _("Same question")


class Reaction(models.Model):
    """One member said one thing about one post with one press."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reaction_rows", db_index=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reactions", db_index=False
    )
    kind = models.CharField(max_length=8, choices=ReactionKind.choices)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member", "kind"], name="reaction_once")]
        indexes = [models.Index(fields=["member", "post"], name="reaction_mine")]


class Bookmark(models.Model):
    """A member keeps a post for later."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="bookmarks", db_index=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="bookmark_once")]
        indexes = [models.Index(fields=["member", "-id"], name="bookmark_mine")]
