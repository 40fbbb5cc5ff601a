"""The inbox, what members chose, what the contact gate decided, and the mail it let through."""

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


class Channel(models.TextChoices):
    """Ways to reach a member."""

    SITE = "site", _("On the site")
    EMAIL = "email", _("By e-mail")


class Choice(models.TextChoices):
    """What a member chose for one kind on one channel. `ON` is the site's, `SOON` and `DIGEST` are e-mail's."""

    ON = "on", _("On")
    SOON = "soon", _("Soon")
    DIGEST = "digest", _("Gathered")
    OFF = "off", _("Off")


class Preference(models.Model):
    """A choice that differs from the kind's default."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    choice = models.CharField(max_length=8, choices=Choice.choices)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "channel"], name="preference_once"),
        ]
        indexes = [models.Index(fields=["kind", "channel", "choice"], name="preference_kind")]


class Reach(models.Model):
    """Whether a member can be written to at all: a pause they asked for, an address that refuses mail."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="reach"
    )
    paused_until = models.DateTimeField(null=True, blank=True)
    # The address that refused, so that a new one starts without blame.
    refused_address = models.EmailField(blank=True, default="")
    refusals = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reachability")
        verbose_name_plural = _("reachability")


class MailState(models.TextChoices):
    """Where an e-mail is. `JOINED` travels inside another one; `SENDING` was written before the mail server was asked."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    JOINED = "joined", _("Sent inside another")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("Not sent")


class OutboundMail(models.Model):
    """One e-mail to one member about one notice. The row is the truth; the mail server is asked from it."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="outbound_mail"
    )
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="mails")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    purpose = models.CharField(max_length=10)
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.QUEUED)
    carrier = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="passengers"
    )
    to = models.EmailField(blank=True, default="")
    subject = models.CharField(max_length=200, blank=True, default="")
    html = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    stop_url = models.CharField(max_length=400, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    unknown_outcomes = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        constraints = [
            models.UniqueConstraint(fields=["kind", "activity", "member"], name="mail_once_per_event"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="queued"), name="mail_due"),
            models.Index(fields=["member", "due_at"], condition=Q(state="queued"), name="mail_member_due"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="mail_leased"),
            models.Index(
                fields=["member", "purpose", "-sent_at"], condition=Q(state="sent"), name="mail_cap"
            ),
            models.Index(fields=["member", "-id"], name="mail_member"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.member_id} ({self.state})"


class Answer(models.TextChoices):
    """What the contact gate may answer."""

    ALLOW = "allow", _("Send")
    DELAY = "delay", _("Wait")
    DROP = "drop", _("Do not send")


class ContactDecision(models.Model):
    """One answer of the contact gate, with its reason. Append-only."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contact_decisions"
    )
    mail = models.ForeignKey(OutboundMail, null=True, on_delete=models.SET_NULL, related_name="decisions")
    kind = models.CharField(max_length=40)
    purpose = models.CharField(max_length=10)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    answer = models.CharField(_("decision"), max_length=5, choices=Answer.choices)
    code = models.CharField(_("reason"), max_length=24)
    due_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("contact decision")
        verbose_name_plural = _("contact decisions")
        indexes = [models.Index(fields=["member", "-id"], name="decision_member")]

    def __str__(self) -> str:
        return f"{self.answer}: {self.code}"
