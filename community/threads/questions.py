"""What is known about a question beside its thread: one row each, only for questions that something was done about."""

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.activity.one_row import THE_ROW, read_row


class Said(models.TextChoices):
    """What an asker answered to "did this solve it?"."""

    NOTHING = "", _("Nothing yet")
    YES = "yes", _("Yes")
    NOT_YET = "not_yet", _("Not yet")


class QuestionCare(models.Model):
    """How a question is looked after: whether its asker was asked if it is solved, what is missing, who is answering.

    One row a question, so that it is asked about once and answered by one person at a time.
    """

    thread = models.OneToOneField(
        "threads.Thread", on_delete=models.CASCADE, primary_key=True, related_name="care"
    )
    # "Did this solve it?": about which answer, when, and what the asker said.
    followed_up_at = models.DateTimeField(null=True)
    followed_up_post = models.ForeignKey(
        "threads.Post", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    said = models.CharField(max_length=7, choices=Said.choices, blank=True, default="")
    # What a helper misses. Empty: nothing.
    missing = models.CharField(max_length=300, blank=True, default="")
    missing_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    missing_at = models.DateTimeField(null=True)
    nudged_at = models.DateTimeField(null=True)
    # Closed by itself because nothing came. The asker opens it again.
    closed_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("care of a question")
        verbose_name_plural = _("questions that need something")
        indexes = [
            models.Index(fields=["missing_at"], condition=~Q(missing=""), name="care_missing"),
        ]

    def __str__(self) -> str:
        return self.missing or str(self.thread_id)


def _days(
    label: object, default: int, most: int, why: object, least: int = 1
) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label,  # type: ignore[arg-type]
        default=default,
        validators=[MinValueValidator(least), MaxValueValidator(most)],
        help_text=why,  # type: ignore[arg-type]
    )


class QuestionRules(models.Model):
    """The numbers behind questions. There is one row; without it, these defaults are in force."""

    follow_up_days = _days(
        _("days until we ask: did this solve it?"),
        3,
        60,
        _("Default 3. Asked once, of askers who were told of an answer and have not come back to it."),
    )
    answer_lock_days = _days(
        _("days after which an accepted answer stays"),
        30,
        3650,
        _(
            "Default 30. After that only the team changes which answer is accepted: others rely on it by then."
        ),
    )
    nudge_days = _days(
        _("days until an asker is reminded of what is missing"),
        3,
        60,
        _("Default 3. Reminded once, and only while nothing came."),
    )
    close_days = _days(
        _("days until a question without the missing information is closed"),
        14,
        365,
        _(
            "Default 14. It stays readable, says why it is closed, and its asker opens it again with one press."
        ),
    )
    claim_minutes = _days(
        _("minutes that “I am answering this” lasts"),
        10,
        120,
        _("Default 10: long enough to write, short enough that nobody waits for someone who left."),
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("rules for questions")
        verbose_name_plural = _("rules for questions")
        constraints = [models.CheckConstraint(condition=Q(pk=THE_ROW), name="question_rules_once")]

    def __str__(self) -> str:
        return str(_("Rules for questions"))

    @property
    def claim(self) -> dt.timedelta:
        """How long a claim lasts."""
        return dt.timedelta(minutes=self.claim_minutes)


def question_rules() -> QuestionRules:
    """Return the rules in force: the one row, or the defaults while nobody has changed any."""
    return read_row(QuestionRules)
