"""How the team steers a thread beside what everyone reads of it: rare things, so that no ordinary thread pays for them.

`Thread.is_steered` says whether to look here at all.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.spaces.models import Space


class ThreadState(models.TextChoices):
    """Whether a thread is shown. It follows its first post; a shown one may be out of the lists, or kept as it is."""

    VISIBLE = "visible", _("Shown")
    UNLISTED = "unlisted", _("Shown to whoever has the link")
    ARCHIVED = "archived", _("Archived")
    SHELVED = "shelved", _("Archived, for whoever has the link")
    HIDDEN = "hidden", _("Hidden, waiting for a decision")
    REMOVED = "removed", _("Removed by moderators")
    DELETED = "deleted", _("Deleted by its author")
    MERGED = "merged", _("Merged into another thread")


# Whoever may read the space may read these by their address.
READABLE = (ThreadState.VISIBLE, ThreadState.UNLISTED, ThreadState.ARCHIVED, ThreadState.SHELVED)
READABLE_SQL = "('visible', 'unlisted', 'archived', 'shelved')"
# People still write in these.
OPEN_STATES = (ThreadState.VISIBLE, ThreadState.UNLISTED)
# Nothing in these changes any more.
KEPT_STATES = (ThreadState.ARCHIVED, ThreadState.SHELVED)


class Steering(models.Model):
    """What the team decided about one thread. Moments are kept so that it can be said since when."""

    thread = models.OneToOneField(
        "threads.Thread", on_delete=models.CASCADE, primary_key=True, related_name="steering"
    )
    unlisted_at = models.DateTimeField(_("out of the lists since"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived since"), null=True, blank=True)
    slow_seconds = models.PositiveIntegerField(_("seconds between replies of one member"), default=0)
    is_everywhere = models.BooleanField(_("pinned everywhere"), default=False)
    # Put on top of the lists once: as if somebody had replied then.
    bumped_at = models.DateTimeField(_("put on top"), null=True, blank=True)

    class Meta:
        verbose_name = _("steering of a thread")
        verbose_name_plural = _("steered threads")
        indexes = [
            models.Index(fields=["thread"], condition=Q(is_everywhere=True), name="steering_everywhere")
        ]

    def __str__(self) -> str:
        return str(self.thread_id)

    @property
    def listing(self) -> ThreadState:
        """The state of the thread while its first post is shown."""
        if self.unlisted_at is not None:
            return ThreadState.SHELVED if self.archived_at is not None else ThreadState.UNLISTED
        return ThreadState.ARCHIVED if self.archived_at is not None else ThreadState.VISIBLE


class PinAside(models.Model):
    """A reader put a pinned thread away: to them it takes its turn in the list."""

    thread = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "member"], name="pin_aside_once")]


class TimerKind(models.TextChoices):
    """What a timer does with its thread when its time comes."""

    CLOSE = "close", _("Close it to replies")
    REOPEN = "reopen", _("Open it to replies again")
    REMOVE = "remove", _("Take it off")
    BUMP = "bump", _("Put it on top of the list once")
    PUBLISH = "publish", _("Move it to a space and list it")
    UNPIN = "unpin", _("Unpin it")
    REMIND = "remind", _("Remind me")


class ThreadTimer(models.Model):
    """Something that happens to a thread at a time, or so many days after the last reply: then `due_at` is the earliest
    moment to look, and moves on as long as people reply."""

    thread = models.ForeignKey(
        "threads.Thread", on_delete=models.CASCADE, related_name="timers", db_index=False
    )
    kind = models.CharField(_("what happens"), max_length=8, choices=TimerKind.choices)
    due_at = models.DateTimeField(_("when"))
    idle_days = models.PositiveSmallIntegerField(_("days after the last reply"), null=True, blank=True)
    space = models.ForeignKey(
        Space, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("space")
    )
    # Empty where the space itself asks for it.
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("timer of a thread")
        verbose_name_plural = _("timers of threads")
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "kind"], condition=~Q(kind="remind"), name="timer_once"
            ),
            models.UniqueConstraint(
                fields=["thread", "set_by"], condition=Q(kind="remind"), name="timer_reminder_once"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="timer_due"),
            models.Index(fields=["thread"], name="timer_thread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thread_id}"
