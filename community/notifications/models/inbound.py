"""Mail that comes to us: replies, and mail of ours that came back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.notifications.models.mail import OutboundMail


class InboundSource(models.TextChoices):
    """How it reached us."""

    WEBHOOK = "webhook", _("From the provider")
    IMAP = "imap", _("From the mailbox")


class InboundKind(models.TextChoices):
    """What it turned out to be."""

    UNKNOWN = "unknown", _("Not known")
    REPLY = "reply", _("A reply")
    BOUNCE = "bounce", _("A mail of ours that came back")


class InboundState(models.TextChoices):
    """What became of it."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    IGNORED = "ignored", _("Left aside")
    FAILED = "failed", _("Failed")


class InboundMail(models.Model):
    """One mail that came in, once: whatever brings it again, its Message-ID is the same. Its text is kept until it is read."""

    message_id = models.CharField(max_length=255)
    source = models.CharField(max_length=8, choices=InboundSource.choices)
    kind = models.CharField(max_length=8, choices=InboundKind.choices, default=InboundKind.UNKNOWN)
    state = models.CharField(max_length=8, choices=InboundState.choices, default=InboundState.WAITING)
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    raw = models.BinaryField(null=True)
    # Where the provider says it was sent to, when the mail itself does not.
    recipient = models.CharField(max_length=320, blank=True, default="")
    sender = models.CharField(max_length=320, blank=True, default="")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="inbound_mail"
    )
    answers = models.ForeignKey(
        OutboundMail, null=True, on_delete=models.SET_NULL, related_name="answered_by"
    )
    # A plain number: posts live above this feature.
    post_pk = models.BigIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("incoming e-mail")
        verbose_name_plural = _("incoming e-mails")
        constraints = [models.UniqueConstraint(fields=["message_id"], name="mail_in_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="mail_in_due"),
            models.Index(fields=["received_at"], name="mail_in_age"),
        ]

    def __str__(self) -> str:
        return self.message_id
