"""Who follows and blocks whom, and what people agreed to."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.members.models.member import Member


class Follow(models.Model):
    """One member follows another."""

    follower = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="following")
    followed = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="followers")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="follow_once"),
            models.CheckConstraint(condition=~Q(follower=models.F("followed")), name="follow_not_self"),
        ]


class Block(models.Model):
    """One member wants nothing of another: no messages, no notices, their posts folded. The other is never told."""

    blocker = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="blocking")
    blocked = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(blocker=models.F("blocked")), name="block_not_self"),
        ]


class Ignore(models.Model):
    """One member would rather not read another: posts folded, no notices, while messages stay open. Softer than a block.

    It ends by itself at `until`, or never.
    """

    ignorer = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="ignoring")
    ignored = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["until"], condition=Q(until__isnull=False), name="ignore_ends")]
        constraints = [
            models.UniqueConstraint(fields=["ignorer", "ignored"], name="ignore_once"),
            models.CheckConstraint(condition=~Q(ignorer=models.F("ignored")), name="ignore_not_self"),
        ]


class ConsentRecord(models.Model):
    """What a member agreed to or declined, append-only: the last row for a purpose is in force."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    given = models.BooleanField()
    source = models.CharField(max_length=40)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["member", "purpose", "-id"], name="consent_latest")]
