"""What was judged of new members' texts, with every sign and weight, so that each decision can be explained and replayed."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.models.held import Held
from community.threads.models import Post


class Band(models.TextChoices):
    """What a score leads to."""

    PASS = "pass", _("Shown")
    QUEUE = "queue", _("Shown, and in the review queue")
    HOLD = "hold", _("Waits for the team")


class Outcome(models.TextChoices):
    """What the team found."""

    FINE = "fine", _("Fine")
    BAD = "bad", _("Not wanted here")


class Judgement(models.Model):
    """One text and what was seen in it: each sign from 0 to 1, what it weighed then, and the score that came of it."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        verbose_name=_("author"),
    )
    space_id = models.BigIntegerField(null=True)
    place = models.CharField(_("what"), max_length=8)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    held = models.ForeignKey(Held, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    signals = models.JSONField(default=dict)
    weights = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField(_("score"))
    band = models.CharField(_("what came of it"), max_length=5, choices=Band.choices)
    hosts = ArrayField(models.CharField(max_length=253), default=list)
    # How the text begins, folded: later ones are compared with it.
    sample = models.CharField(max_length=300, default="", blank=True)
    outcome = models.CharField(
        _("what the team found"), max_length=4, choices=Outcome.choices, default="", blank=True
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    # When the outside checker is asked (next), how often it failed to answer, and what it said.
    check_due_at = models.DateTimeField(null=True, editable=False)
    check_attempts = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    check_note = models.CharField(max_length=200, default="", db_default="", blank=True, editable=False)

    class Meta:
        verbose_name = _("judged text")
        verbose_name_plural = _("judged texts")
        indexes = [
            models.Index(fields=["author", "-id"], name="judgement_of"),
            models.Index(fields=["-created_at"], name="judgement_lately"),
            models.Index(
                fields=["check_due_at"], name="judgement_asks", condition=Q(check_due_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score}: {self.sample[:60]}"


class HostStanding(models.Model):
    """How texts that led to a site were decided before."""

    host = models.CharField(_("site"), max_length=253, unique=True)
    fine = models.PositiveIntegerField(_("fine"), default=0)
    bad = models.PositiveIntegerField(_("not wanted"), default=0)

    class Meta:
        verbose_name = _("site in links")
        verbose_name_plural = _("sites in links")

    def __str__(self) -> str:
        return self.host
