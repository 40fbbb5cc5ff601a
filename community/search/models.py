"""The index: one row per thread, reply and member that somebody may find."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a document stands for. A thread's document holds its first post."""

    THREAD = "thread", _("Thread")
    REPLY = "reply", pgettext_lazy("noun", "Reply")
    MEMBER = "member", _("Member")


class SearchDocument(models.Model):
    """What can be found of one thing that is shown. Derived from the thing itself and rebuilt by `reindex_search`.

    The columns about the place are copies that make finding quick; whatever is shown is asked once more of the
    thread, post and space themselves. Plain numbers, because a document never holds its target back.
    """

    kind = models.CharField(max_length=6, choices=Kind.choices)
    target_pk = models.BigIntegerField()
    thread_id = models.BigIntegerField(null=True)
    space_id = models.BigIntegerField(null=True)
    author_id = models.BigIntegerField(null=True)
    is_answer = models.BooleanField(default=False)
    has_picture = models.BooleanField(default=False)
    title = models.CharField(max_length=255, blank=True, default="")
    body = models.TextField(blank=True, default="")
    words = SearchVectorField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [models.UniqueConstraint(fields=["kind", "target_pk"], name="search_once")]
        indexes = [
            GinIndex(fields=["words"], name="search_words"),
            # While one types, the last word is a beginning: looked up among threads and members alone, not in every post.
            GinIndex(fields=["words"], condition=Q(kind="thread"), name="search_thread_words"),
            GinIndex(fields=["words"], condition=Q(kind="member"), name="search_member_words"),
            GinIndex(
                fields=["title"],
                opclasses=["gin_trgm_ops"],
                condition=Q(kind="member"),
                name="search_name_alike",
            ),
            models.Index(fields=["-created_at", "-id"], name="search_newest"),
            models.Index(
                fields=["-created_at", "-id"], condition=Q(kind="thread"), name="search_newest_threads"
            ),
            models.Index(fields=["thread_id"], name="search_thread"),
            models.Index(fields=["author_id", "-created_at", "-id"], name="search_author"),
            models.Index(
                fields=["-created_at", "-id"], condition=Q(has_picture=True), name="search_pictured"
            ),
            GinIndex(
                fields=["title"],
                opclasses=["gin_trgm_ops"],
                condition=Q(kind="thread"),
                name="search_title_alike",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_pk}"


class SearchWord(models.Model):
    """A word some title uses, for mending slips of the finger. Offered only where it leads to something readable."""

    word = models.CharField(max_length=30, primary_key=True)

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_alike")]

    def __str__(self) -> str:
        return self.word


class RecentSearch(models.Model):
    """What a member looked for lately: their own business, kept so that they need not type it again."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recent_searches", db_index=False
    )
    text = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("recent search")
        verbose_name_plural = _("recent searches")
        constraints = [models.UniqueConstraint(fields=["member", "text"], name="recent_search_once")]
        indexes = [models.Index(fields=["asked_at"], name="recent_search_age")]

    def __str__(self) -> str:
        return self.text
