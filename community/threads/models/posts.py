"""Posts, how they read before, and whom they name."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.threads.models.shown import State, sees_hidden
from community.threads.models.threads import Thread

if TYPE_CHECKING:
    from community.members.models import Member


class PostQuerySet(models.QuerySet["Post"]):
    """Visibility of posts is defined here and nowhere else."""

    def visible_to(self, viewer: "Member | None") -> Self:
        """Posts a viewer may read: shown ones in threads they may read; staff also see those that are not shown."""
        posts = self.filter(thread__in=Thread.objects.visible_to(viewer))
        if sees_hidden(viewer):
            return posts
        return posts.filter(state=State.VISIBLE)


class Post(models.Model):
    """Something said in a thread. `body_html` was rendered once from `body_md` by version `render_version`."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts", db_index=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="posts", db_index=False
    )
    position = models.PositiveIntegerField()
    reply_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="answers"
    )
    body_md = models.TextField()
    body_html = models.TextField()
    render_version = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.VISIBLE)
    state_reason = models.CharField(max_length=300, blank=True, default="")
    # Counts by kind: reaction rows plus what an import brought along in `imported`.
    reactions = models.JSONField(default=dict)
    # {"up": n, "down": n, "emoji": {name: n}, "author": display name}: facts from elsewhere whose people are unknown.
    imported = models.JSONField(default=dict, editable=False)
    edit_count = models.PositiveSmallIntegerField(default=0)
    edited_at = models.DateTimeField(null=True, blank=True)
    # Members whom people know may edit it.
    is_wiki = models.BooleanField(default=False, db_default=False)
    # Whether to look for its poll at all: nearly no post has one.
    has_poll = models.BooleanField(default=False, db_default=False, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [models.UniqueConstraint(fields=["thread", "position"], name="post_position_once")]
        indexes = [
            models.Index(fields=["author", "-id"], name="post_author"),
            models.Index(
                fields=["author", "position"], condition=Q(state="visible"), name="post_author_shown"
            ),
            # What somebody wrote, by when: an import numbers posts by thread.
            models.Index(
                fields=["author", "-created_at", "-id"], condition=Q(state="visible"), name="post_author_when"
            ),
            models.Index(
                fields=["deleted_at"],
                condition=Q(state="deleted") & ~Q(body_md=""),
                name="post_deleted_age",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.position} in {self.thread_id}"

    def get_absolute_url(self) -> str:
        return f"/p/{self.pk}/"


class PostRevision(models.Model):
    """How a post read before an edit. Number 1 is the first text."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions", db_index=False)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=255, blank=True, default="")
    body_md = models.TextField()
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=140, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="revision_number_once")]
        ordering = ("number",)


class Mention(models.Model):
    """A post names a member."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="mention_once")]
        indexes = [models.Index(fields=["member", "-post"], name="mention_mine")]
