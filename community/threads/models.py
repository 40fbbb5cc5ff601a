"""Threads and what is in them.

A foreign key has no index of its own (`db_index=False`) where a constraint or index begins with its column: every row
written pays for every index.
"""

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

from community.spaces.models import Kind, Level, Space
from community.threads.group_calls import GroupCall
from community.threads.polls import Poll, PollOption, PollResults, PollVote
from community.threads.questions import QuestionCare, QuestionRules, Said
from community.threads.regroupings import Regrouping, RegroupKind
from community.threads.steering import READABLE, PinAside, Steering, ThreadState, ThreadTimer, TimerKind

if TYPE_CHECKING:
    from community.members.models import Member

__all__ = [
    "LATEST",
    "Because",
    "Bookmark",
    "GroupCall",
    "Mention",
    "PinAside",
    "Poll",
    "PollOption",
    "PollResults",
    "PollVote",
    "Post",
    "PostRevision",
    "QuestionCare",
    "QuestionRules",
    "RankedThread",
    "Ranking",
    "Reaction",
    "ReactionKind",
    "ReadState",
    "RegroupKind",
    "Regrouping",
    "Said",
    "SetAside",
    "State",
    "Steering",
    "Thread",
    "ThreadFollow",
    "ThreadState",
    "ThreadTimer",
    "TimerKind",
    "sees_hidden",
]


class State(models.TextChoices):
    """Whether content is shown. `HIDDEN` waits for a decision, `REMOVED` was decided, `DELETED` is the author's own act."""

    VISIBLE = "visible", _("Shown")
    HIDDEN = "hidden", _("Hidden, waiting for a decision")
    REMOVED = "removed", _("Removed by moderators")
    DELETED = "deleted", _("Deleted by its author")


class ReactionKind(models.TextChoices):
    """What a reader may say with one press."""

    HELPFUL = "helpful", _("This helped")
    THANKS = "thanks", _("Thanks")
    SAME = "same", _("Same question")


def sees_hidden(viewer: "Member | None") -> bool:
    """Return whether a viewer reads what is hidden, removed or deleted, where they may read at all."""
    return viewer is not None and viewer.is_at_least("moderator")


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


class Because(models.TextChoices):
    """How a member came to a thread's level."""

    CHOSEN = "chosen", _("You chose this")
    WROTE = "wrote", _("You wrote here")
    READ = "read", _("You read here for a while")


class ThreadFollow(models.Model):
    """How closely a member attends to one thread (all levels but `FIRST_POSTS`). What they chose is never overwritten by
    what follows from writing or reading."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="follows", db_index=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="thread_follows"
    )
    level = models.CharField(max_length=11, choices=Level.choices, default=Level.WATCHING)
    because = models.CharField(
        max_length=6, choices=Because.choices, default=Because.CHOSEN, db_default=Because.CHOSEN
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "member"], name="thread_follow_once")]
        # Few are muted, and every look at one's own list asks whether any is.
        indexes = [models.Index(fields=["member"], condition=Q(level="muted"), name="thread_follow_muted")]


class ReadState(models.Model):
    """How far a member has read a thread, and for how long; both only ever move forward."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="read_states", db_index=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_states")
    last_read_position = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0, db_default=0)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "member"], name="read_state_once")]


class SetAside(models.Model):
    """Up to when a member has put away what was new or unread to them, all at once: one row, however many threads.

    The moments before are kept, so that it can be taken back.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    new_until = models.DateTimeField(null=True)
    new_before = models.DateTimeField(null=True)
    unread_until = models.DateTimeField(null=True)
    unread_before = models.DateTimeField(null=True)


class Ranking(models.TextChoices):
    """Lists of threads that are ranked once in a while, not at every look."""

    HOT = "hot", _("Hot")
    DAY = "day", _("Day")
    WEEK = "week", _("Week")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")
    ALL = "all", _("All time")


class RankedThread(models.Model):
    """One place in a ranking, with what it was ranked by. Written anew by `rank_threads`."""

    ranking = models.CharField(max_length=5, choices=Ranking.choices)
    place = models.PositiveSmallIntegerField()
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    thanks = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ranking", "place"], name="ranked_place_once")]


class Mention(models.Model):
    """A post names a member."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="mention_once")]
        indexes = [models.Index(fields=["member", "-post"], name="mention_mine")]


# Used by list queries: newest first with a stable tie break, which the keyset cursor names.
LATEST = (F("last_post_at").desc(), F("id").desc())
