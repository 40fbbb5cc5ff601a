"""How closely members attend to threads, and how far they have read."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.spaces.models import Level
from community.threads.models.threads import Thread


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
    # A place of the thread that was there already when this row was last told (`community.threads.behind`): where it is
    # beyond what was read, something may be unread. So who is behind is found without looking at all that was ever read.
    reached = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "member"], name="read_state_once")]
        indexes = [
            models.Index(
                fields=["member"], condition=Q(reached__gt=F("last_read_position")), name="read_state_behind"
            )
        ]


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
