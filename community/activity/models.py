"""The append-only log of what happened, and the promises that each consumer will see it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Activity(models.Model):
    """One thing that happened. Never changed, never deleted while something still reads it.

    `payload` is a snapshot that can be shown after the target is gone; its shape is the verb's payload type.
    `quiet` marks replayed history: points and badges hear it, notices do not.
    """

    verb = models.CharField(max_length=64)
    # Its own index and that of a Delivery's activity would repeat the first column of another below.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    # A plain number: spaces live above this feature, and an Activity outlives what it speaks of.
    space_id = models.BigIntegerField(null=True)
    target_type = models.CharField(max_length=48)
    target_pk = models.BigIntegerField()
    payload = models.JSONField(default=dict)
    quiet = models.BooleanField(default=False)
    occurred_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [
            models.Index(fields=["target_type", "target_pk"], name="activity_target"),
            models.Index(fields=["actor", "-id"], name="activity_actor"),
            models.Index(fields=["verb", "-id"], name="activity_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_type} {self.target_pk}"


class Listening(models.Model):
    """A verb that a consumer wants to hear for now (`registry.on_demand`). Read by the statement that writes an Activity:
    while nobody asks for anything, the table is empty and costs nothing."""

    consumer = models.CharField(max_length=96)
    verb = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["verb", "consumer"], name="listening_once")]

    def __str__(self) -> str:
        return f"{self.consumer} ← {self.verb}"


class Delivery(models.Model):
    """The promise that one consumer will see one Activity. Done, due again later, or dead and waiting for staff."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    consumer = models.CharField(max_length=96)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["activity", "consumer"], name="delivery_once_per_consumer")
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(done_at=None, dead_at=None), name="delivery_pending"
            ),
            models.Index(fields=["-dead_at"], condition=Q(dead_at__isnull=False), name="delivery_dead"),
            models.Index(fields=["done_at"], condition=Q(done_at__isnull=False), name="delivery_done"),
        ]

    def __str__(self) -> str:
        return f"{self.consumer} ← {self.activity_id}"


class HistoryDelivery(models.Model):
    """The promise that one consumer will hear some hundred Activities of quiet history together; gone once it did.

    A promise for each Activity and consumer would be most of what an import writes. One that fails becomes Deliveries.
    """

    consumer = models.CharField(max_length=96)
    activity_ids = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = _("delivery of history")
        verbose_name_plural = _("deliveries of history")

    def __str__(self) -> str:
        return f"{self.consumer} ← {len(self.activity_ids)} of history"
