"""The mail, and what the contact gate decided about it and about notices to browsers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.notifications.models.choices import Channel
from community.notifications.models.digests import Digest
from community.notifications.models.inbox import Notice
from community.notifications.models.push import OutboundPush


class MailState(models.TextChoices):
    """Where an e-mail is. `JOINED` travels inside another one; `SENDING` was written before the mail server was asked."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    JOINED = "joined", _("Sent inside another")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("Not sent")


class OutboundMail(models.Model):
    """One e-mail to one member: about one notice, or a digest. The row is the truth; the mail server is asked from it."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="outbound_mail"
    )
    notice = models.ForeignKey(Notice, null=True, on_delete=models.CASCADE, related_name="mails")
    activity = models.ForeignKey(Activity, null=True, on_delete=models.CASCADE, related_name="+")
    digest = models.OneToOneField(Digest, null=True, on_delete=models.CASCADE, related_name="mail")
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
    # Whether it uses up a place of the week. A digest in a rhythm the member chose does not.
    counts = models.BooleanField(default=True, db_default=True)
    # Whether it carries an address to reply to.
    can_reply = models.BooleanField(default=False, db_default=False)
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
            models.CheckConstraint(
                condition=Q(notice__isnull=True, activity__isnull=True, digest__isnull=False)
                | Q(notice__isnull=False, activity__isnull=False, digest__isnull=True),
                name="mail_about_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="queued"), name="mail_due"),
            models.Index(fields=["member", "due_at"], condition=Q(state="queued"), name="mail_member_due"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="mail_leased"),
            models.Index(
                fields=["member", "purpose", "-sent_at"], condition=Q(state="sent"), name="mail_cap"
            ),
            models.Index(fields=["member", "-id"], name="mail_member"),
            models.Index(fields=["created_at"], name="mail_age"),
            models.Index(fields=["sent_at"], condition=Q(state="sent") & ~Q(html=""), name="mail_words_age"),
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
    push = models.ForeignKey(OutboundPush, null=True, on_delete=models.SET_NULL, related_name="decisions")
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
        indexes = [
            models.Index(fields=["member", "-id"], name="decision_member"),
            models.Index(fields=["decided_at"], name="decision_age"),
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.code}"
