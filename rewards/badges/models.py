"""Badges and who holds them."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from community.members.models import Member

# How many badges a member may show before their others.
MOST_PINNED = 3


class Metric(models.TextChoices):
    """What a badge counts. Each is one query over the community's rows, in `metrics.py`."""

    QUESTIONS = "questions", _("Questions asked")
    ANSWERS = "answers", _("Answers to other people’s questions")
    ACCEPTED = "accepted", _("Answers accepted")
    ACCEPTED_LATE = "accepted_late", _("Accepted answers to questions that had waited a day")
    ACCEPTED_SPACES = "accepted_spaces", _("Spaces with an accepted answer")
    CHOSEN = "chosen", _("Own questions with a chosen answer")
    HELPED = "helped", _("“This helped” marks received")
    HELPED_BY_ONE_POST = "helped_by_one_post", _("“This helped” marks on one post")
    WELCOMED = "welcomed", _("Newcomers answered in their first thread")
    YEAR = "year", _("A full year in the community")
    SAME_QUESTION = "same_question", _("“Same question” marks on one question")


class BadgeQuerySet(models.QuerySet["Badge"]):
    """Filters for badges."""

    def active(self) -> Self:
        """Badges that can be earned."""
        return self.filter(is_active=True)


class Badge(models.Model):
    """A badge with criteria that everyone can read before it is earned. Without a metric, people give it by hand."""

    key = models.SlugField(_("address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("what it honours"), max_length=200)
    criteria = models.CharField(_("how it is earned"), max_length=200)
    art = models.CharField(_("picture"), max_length=60, default="good-deed")
    metric = models.CharField(
        _("counts"),
        max_length=20,
        choices=Metric.choices,
        blank=True,
        default="",
        help_text=_("Leave empty for a badge that is given by hand."),
    )
    number = models.PositiveIntegerField(_("how many"), default=1, validators=[MinValueValidator(1)])
    is_active = models.BooleanField(_("can be earned"), default=True)
    gives_title = models.BooleanField(
        _("may be worn as a title"),
        default=False,
        db_default=False,
        help_text=_("Whoever holds it may show its name beside their own."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=50)
    holder_count = models.PositiveIntegerField(default=0, editable=False)

    objects = BadgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        ordering = ("position", "key")
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="badge_counts_something")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/badges/{self.key}/"

    @property
    def art_path(self) -> str:
        """The static file of its picture."""
        return f"badges/{self.art}.svg"


class AwardQuerySet(models.QuerySet["Award"]):
    """Visibility of awards is defined here and nowhere else."""

    def standing(self) -> Self:
        """Awards that were not taken back, of badges that exist for members now."""
        return self.filter(revoked_at=None, badge__is_active=True)

    def visible_to(self, viewer: "Member | None") -> Self:
        """Awards a viewer may know of: standing ones of members who show their badges, and the viewer's own."""
        shown = models.Q(member__is_active=True, member__show_badges=True, member__hides_profile=False)
        if viewer is not None:
            shown |= models.Q(member=viewer)
        return self.standing().filter(shown)


class Award(models.Model):
    """One member holds one badge, once in each period (empty: once for good).

    `value` is what the metric said; nothing about where it was earned is kept, so a badge tells nothing about private spaces.
    What a person gave or took back by hand is left alone by the automatic.
    """

    badge = models.ForeignKey(Badge, on_delete=models.PROTECT, related_name="awards")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="badge_awards"
    )
    period = models.CharField(max_length=10, blank=True, default="")
    value = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    activity_id = models.BigIntegerField(null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    awarded_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    is_by_hand = models.BooleanField(default=False)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge award")
        verbose_name_plural = _("badge awards")
        constraints = [
            models.UniqueConstraint(fields=["badge", "member", "period"], name="award_once_per_period")
        ]
        indexes = [
            models.Index(
                fields=["badge", "-awarded_at", "-id"],
                condition=models.Q(revoked_at=None),
                name="award_holders",
            ),
            models.Index(fields=["member", "-awarded_at", "-id"], name="award_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.badge_id} → {self.member_id}"


class PinnedBadge(models.Model):
    """A badge that a member shows before their others, and in which place. Counts only while they hold it."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pinned_badges", db_index=False
    )
    badge = models.ForeignKey(Badge, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("pinned badge")
        verbose_name_plural = _("pinned badges")
        constraints = [
            models.UniqueConstraint(fields=["member", "place"], name="pinned_badge_one_in_a_place"),
            models.UniqueConstraint(fields=["member", "badge"], name="pinned_badge_once"),
            models.CheckConstraint(
                condition=models.Q(place__gte=1, place__lte=MOST_PINNED), name="pinned_badge_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.place}: {self.badge_id}"
