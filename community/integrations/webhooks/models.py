"""Endpoints, what waits for them, each try, and what is sent again."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from community.members.models import Member


class OffReason(models.TextChoices):
    """Why nothing is sent to an endpoint. The values stand in rows."""

    NONE = "", _("In use")
    HAND = "hand", _("Turned off by the team")
    FAILING = "failing", _("Turned off: nothing got through for days")
    GONE = "gone", _("Turned off: the receiver said that it is gone (410)")


class EndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    """Who may know of an endpoint is defined here and nowhere else."""

    def visible_to(self, viewer: "Member | None") -> Self:
        """Their own for managers, all for administrators, none for anybody else."""
        if viewer is None or not viewer.is_at_least("manager"):
            return self.none()
        return self if viewer.is_at_least("admin") else self.filter(owner=viewer)


class WebhookEndpoint(models.Model):
    """An address of the brand that hears what happens here, as far as its owner may read it at the moment of sending.

    Empty filters let everything through. Secrets are sealed; while `old_until` lies ahead, both sign.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks", verbose_name=_("owner")
    )
    url = models.CharField(_("address"), max_length=2000)
    description = models.CharField(_("what listens there"), max_length=120, blank=True, default="")
    verbs = ArrayField(models.CharField(max_length=64), default=list, verbose_name=_("events"))
    space_ids = ArrayField(models.BigIntegerField(), default=list, verbose_name=_("spaces"))
    tags = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("topics"))
    is_on = models.BooleanField(_("in use"), default=True)
    off_reason = models.CharField(
        _("why it is off"), max_length=8, choices=OffReason.choices, blank=True, default=OffReason.NONE
    )
    off_at = models.DateTimeField(null=True, editable=False)
    sealed_secret = models.CharField(max_length=300, editable=False)
    sealed_old_secret = models.CharField(max_length=300, editable=False, default="")
    old_until = models.DateTimeField(null=True, editable=False)
    # The number of the last message: the receiver sees by it what is missing and what came late.
    last_sequence = models.BigIntegerField(default=0, editable=False)
    last_success_at = models.DateTimeField(_("last taken"), null=True, editable=False)
    last_status = models.PositiveSmallIntegerField(null=True, editable=False)
    # Since when nothing got through, and how many tries in a row.
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    # Nothing is tried before: a receiver that is down or busy is left alone for a while.
    rests_until = models.DateTimeField(null=True, editable=False)
    served_at = models.DateTimeField(null=True, editable=False)
    # One sender at a time; a sender that died loses the lease.
    lease = models.CharField(max_length=32, editable=False, default="")
    leased_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook endpoint")
        verbose_name_plural = _("webhook endpoints")

    def __str__(self) -> str:
        return self.description or self.url


class MessageState(models.TextChoices):
    """Where a message stands. The values stand in rows."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Taken")
    WITHHELD = "withheld", _("Withheld")
    FAILED = "failed", _("Given up")


class WebhookMessage(models.Model):
    """One event for one endpoint. What it says is built when it is sent, from the Activity, and is not kept."""

    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    # No constraint: the log outlives nothing here, and a test has none.
    activity = models.ForeignKey(
        "activity.Activity",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    key = models.CharField(max_length=40, unique=True)
    verb = models.CharField(max_length=64)
    sequence = models.BigIntegerField()
    is_test = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.WAITING)
    # Why it was withheld or given up, as a code.
    why = models.CharField(max_length=20, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    last_status = models.PositiveSmallIntegerField(null=True)
    due_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "activity"], name="webhook_message_once"),
            models.UniqueConstraint(fields=["endpoint", "sequence"], name="webhook_message_sequence"),
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "due_at", "id"], condition=Q(state="waiting"), name="webhook_message_due"
            ),
            models.Index(fields=["endpoint", "-id"], name="webhook_message_log"),
            models.Index(fields=["created_at"], name="webhook_message_age"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.verb}"


class WebhookAttempt(models.Model):
    """One try: what was asked of the receiver, without the body, and the beginning of what it said."""

    message = models.ForeignKey(
        WebhookMessage, on_delete=models.CASCADE, related_name="tries", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    took_ms = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True, default="")
    body_bytes = models.PositiveIntegerField(default=0)
    request_headers = models.JSONField(default=dict)
    response_headers = models.JSONField(default=dict)
    response_body = models.CharField(max_length=1024, blank=True, default="")

    class Meta:
        verbose_name = _("webhook try")
        verbose_name_plural = _("webhook tries")
        indexes = [models.Index(fields=["message", "id"], name="webhook_attempt_message")]

    def __str__(self) -> str:
        return f"{self.message_id} #{self.number}"


class Which(models.TextChoices):
    """What of a span of time is sent again."""

    FAILED = "failed", _("Only what did not get through")
    MISSED = "missed", _("What did not get through, and what happened while it was off")
    ALL = "all", _("Everything once more, also what was taken")


class WebhookReplay(models.Model):
    """Sending a span of time again, a little at a time."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="replays")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    which = models.CharField(max_length=8, choices=Which.choices)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # How far it is: the last message, then the last Activity looked at.
    message_cursor = models.BigIntegerField(default=0)
    activity_cursor = models.BigIntegerField(null=True)
    queued = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("webhook replay")
        verbose_name_plural = _("webhook replays")
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint"], condition=Q(finished_at=None), name="webhook_replay_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.endpoint_id} {self.begins_at} – {self.ends_at}"
