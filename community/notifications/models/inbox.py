"""The inbox: what members are told."""

from typing import TYPE_CHECKING, NamedTuple, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.activity.models import Activity

if TYPE_CHECKING:
    from community.members.models import Member

# A merged notice remembers this many of the people in it; beyond, only the number of events grows.
MOST_ACTORS = 50


class Actor(NamedTuple):
    """One of the people in a notice: what its sentence needs of them."""

    pk: int
    handle: str
    name: str


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Filters of an inbox."""

    def of(self, member: "Member") -> Self:
        """One member's notices."""
        return self.filter(member=member)

    def unread(self) -> Self:
        """Those that count at the bell."""
        return self.filter(read_at=None, is_hidden=False)


class Notice(models.Model):
    """Something one member is told. The words are made when it is shown, by its kind, from what they may see then.

    `is_hidden` only keeps the unread count honest: what may be shown is asked afresh every time.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    priority = models.SmallIntegerField(default=0)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    subject_type = models.CharField(max_length=48)
    subject_pk = models.BigIntegerField()
    # A plain number: threads live above this feature.
    thread_id = models.BigIntegerField(null=True)
    merge_key = models.CharField(max_length=80, blank=True, default="")
    payload = models.JSONField(default=dict)
    event_count = models.PositiveIntegerField(default=1)
    actor_ids = ArrayField(models.BigIntegerField(), default=list)
    read_at = models.DateTimeField(null=True, blank=True)
    is_hidden = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = NoticeQuerySet.as_manager()

    # Filled by queries before the words are made, so that a list of notices costs one query for all the people in it.
    actors: "list[Actor]"

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["activity", "member"], name="notice_once_per_activity"),
            models.UniqueConstraint(
                fields=["member", "merge_key"],
                condition=Q(read_at=None) & ~Q(merge_key=""),
                name="notice_one_open_merge",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-updated_at", "-id"], name="notice_inbox"),
            models.Index(
                fields=["member", "-updated_at", "-id"], condition=Q(read_at=None), name="notice_unread"
            ),
            models.Index(fields=["subject_type", "subject_pk"], name="notice_subject"),
            models.Index(fields=["thread_id"], condition=Q(read_at=None), name="notice_thread"),
            models.Index(fields=["updated_at"], name="notice_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.member_id}"

    @property
    def is_unread(self) -> bool:
        """Whether it still waits."""
        return self.read_at is None

    @property
    def people(self) -> int:
        """How many different people caused it."""
        return len(self.actor_ids)

    @property
    def names(self) -> str:
        """Say who caused it: "Alice", "Alice and Bob", "Alice and 3 others"."""
        known = [actor.name for actor in self.actors]
        if not known:
            return say("Someone")
        if self.people == 1:
            return known[0]
        if self.people == 2 and len(known) > 1:
            return say("%(first)s and %(second)s") % {"first": known[0], "second": known[1]}
        others = self.people - 1
        return ngettext("%(first)s and %(n)d other", "%(first)s and %(n)d others", others) % {
            "first": known[0],
            "n": others,
        }


class NoticeCause(models.Model):
    """An Activity was told to a member, in a notice of its own or merged into one. Keeps a repaired delivery harmless."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "member"], name="notice_cause_once")]
