"""Threads."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community.spaces.models import Kind, Space
from community.threads.models.shown import sees_hidden
from community.threads.steering import READABLE, ThreadState

if TYPE_CHECKING:
    from community.members.models import Member


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Visibility of threads is defined here and nowhere else."""

    def visible_to(self, viewer: "Member | None") -> Self:
        """Threads a viewer may read by their address: shown ones in spaces they may read; staff also see those that are not
        shown. Lists take the `VISIBLE` ones of these."""
        threads = self.filter(space__in=Space.objects.visible_to(viewer))
        if sees_hidden(viewer):
            return threads.exclude(state=ThreadState.MERGED)
        return threads.filter(state__in=READABLE)


class Thread(models.Model):
    """A conversation with a title. Its first post has position 1; `last_position` is the highest ever given.

    The columns about the last post, counts and the accepted post are derived from posts, written in the same
    transaction, and healed by `manage.py recount`.
    """

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="threads")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="threads",
        db_index=False,
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.DISCUSSION)
    title = models.CharField(_("title"), max_length=255)
    excerpt = models.CharField(max_length=300, blank=True, default="")
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, size=5)
    state = models.CharField(max_length=8, choices=ThreadState.choices, default=ThreadState.VISIBLE)
    # Whether the team decided more about it than the columns here say (`steering`), or set a timer.
    is_steered = models.BooleanField(default=False, db_default=False, editable=False)
    is_locked = models.BooleanField(_("locked"), default=False)
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True)
    accepted_post = models.ForeignKey(
        "Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    last_position = models.PositiveIntegerField(default=0)
    reply_count = models.PositiveIntegerField(default=0)
    reaction_count = models.PositiveIntegerField(default=0)
    view_count = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField(default=timezone.now)
    last_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    language = models.CharField(max_length=10, blank=True, default="")
    # Answers to what its space asked, by key of the field; nothing where nothing was asked.
    details = models.JSONField(null=True, blank=True, editable=False)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        indexes = [
            models.Index(fields=["-last_post_at", "-id"], condition=Q(state="visible"), name="thread_latest"),
            models.Index(
                fields=["space", "-last_post_at", "-id"],
                condition=Q(state="visible"),
                name="thread_space_latest",
            ),
            models.Index(
                fields=["-last_post_at", "-id"],
                condition=Q(state="visible", kind="question", accepted_post=None, reply_count=0),
                name="thread_unanswered",
            ),
            models.Index(fields=["-created_at", "-id"], condition=Q(state="visible"), name="thread_newest"),
            models.Index(fields=["space"], condition=Q(pinned_at__isnull=False), name="thread_pinned"),
            models.Index(fields=["author", "-id"], name="thread_author"),
            GinIndex(fields=["tags"], name="thread_tags"),
            GinIndex(
                OpClass("details", name="jsonb_path_ops"),
                condition=Q(details__isnull=False),
                name="thread_details",
            ),
            GinIndex(SearchVector("title", config="simple"), name="thread_title_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """The readable part of the address; it may change, the number keeps working."""
        return slugify(self.title)[:60] or "thread"

    def get_absolute_url(self) -> str:
        return f"/t/{self.pk}/{self.slug}/"

    @property
    def is_solved(self) -> bool:
        """Whether an answer was accepted."""
        return self.accepted_post_id is not None


# Used by list queries: newest first with a stable tie break, which the keyset cursor names.
LATEST = (F("last_post_at").desc(), F("id").desc())
