"""A poll in a post: its question, its options, and who chose what."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PollResults(models.TextChoices):
    """When members see how a poll stands."""

    ALWAYS = "always", _("At any time")
    VOTED = "voted", _("After they voted")
    CLOSED = "closed", _("When the poll is closed")


class Poll(models.Model):
    """One question to everyone who may reply to its post. `voter_count` is derived from the votes.

    It is closed from `closed_at` on, by hand or by a rule, and from `closes_at` on even before the rule noticed.
    """

    post = models.OneToOneField("threads.Post", on_delete=models.CASCADE, related_name="poll")
    question = models.CharField(_("question"), max_length=160)
    least = models.PositiveSmallIntegerField(_("choices, at least"), default=1)
    most = models.PositiveSmallIntegerField(_("choices, at most"), default=1)
    results = models.CharField(
        _("results are shown"), max_length=6, choices=PollResults.choices, default=PollResults.ALWAYS
    )
    shows_voters = models.BooleanField(_("shows who voted for what"), default=False)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    voter_count = models.PositiveIntegerField(_("voters"), default=0)
    created_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        constraints = [
            models.CheckConstraint(
                condition=Q(least__gte=1, least__lte=F("most"), most__lte=20), name="poll_choices_in_range"
            )
        ]
        indexes = [
            models.Index(
                fields=["closes_at"], condition=Q(closed_at=None, closes_at__isnull=False), name="poll_due"
            )
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_single(self) -> bool:
        """Whether one option is all that may be chosen."""
        return self.most == 1

    @property
    def is_closed(self) -> bool:
        """Whether nobody may vote any more."""
        return is_over(self.closed_at, self.closes_at)


class PollOption(models.Model):
    """One answer to choose. `vote_count` is derived from the votes."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options", db_index=False)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("text"), max_length=120)
    vote_count = models.PositiveIntegerField(_("votes"), default=0)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ("position",)
        constraints = [
            # Looked at when all is written, so that options can change places.
            models.UniqueConstraint(
                fields=["poll", "position"],
                name="poll_option_place_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.text


class PollVote(models.Model):
    """One member chose one option. `is_only` where one choice is all a poll takes: then the database knows it too."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes", db_index=False)
    option = models.ForeignKey(PollOption, on_delete=models.CASCADE, related_name="votes", db_index=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="poll_votes", db_index=False
    )
    is_only = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(fields=["poll", "member", "option"], name="poll_vote_once"),
            models.UniqueConstraint(
                fields=["poll", "member"], condition=Q(is_only=True), name="poll_vote_only_one"
            ),
        ]
        indexes = [
            models.Index(fields=["option", "-id"], name="poll_vote_option"),
            models.Index(fields=["member"], name="poll_vote_mine"),
        ]


def is_over(closed_at: dt.datetime | None, closes_at: dt.datetime | None) -> bool:
    """Whether a poll with these moments takes no more votes."""
    return closed_at is not None or (closes_at is not None and closes_at <= timezone.now())
