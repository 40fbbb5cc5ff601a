"""Badges and who holds them."""

import secrets
import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rewards.badges.rules.tree import read

if TYPE_CHECKING:
    from community.members.models import Member
    from rewards.badges.rules.tree import Rule

# How many badges a member may show before their others.
MOST_PINNED = 3


class Metal(models.TextChoices):
    """How much a badge asks, as everyone reads it at a glance."""

    BRONZE = "bronze", _("Bronze")
    SILVER = "silver", _("Silver")
    GOLD = "gold", _("Gold")


class Family(models.TextChoices):
    """Which deeds a badge honours: badges stand under these on their page."""

    BEGINNING = "beginning", _("First steps")
    HELP = "help", _("Help given")
    QUALITY = "quality", _("Quality")
    LOYALTY = "loyalty", _("Loyalty")
    FEEDBACK = "feedback", _("Feedback")
    EVENTS = "events", _("Events")
    SPECIAL = "special", _("Given by people")


class Every(models.TextChoices):
    """How often a badge can be earned. Months, quarters and years are those of UTC."""

    ONCE = "", _("Once")
    MONTH = "month", _("Once a month")
    QUARTER = "quarter", _("Once a quarter")
    YEAR = "year", _("Once a year")


class BadgeQuerySet(models.QuerySet["Badge"]):
    """Filters for badges."""

    def active(self) -> Self:
        """Badges that can be earned."""
        return self.filter(is_active=True)


class Badge(models.Model):
    """A badge with criteria that everyone can read before it is earned. Without a rule, people give it by hand."""

    key = models.SlugField(_("address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("what it honours"), max_length=200)
    criteria = models.CharField(
        _("how it is earned"),
        max_length=200,
        blank=True,
        help_text=_("Your own words. Left empty, the conditions below are put into words in every language."),
    )
    art = models.CharField(_("picture"), max_length=60, default="good-deed")
    metal = models.CharField(
        _("metal"), max_length=6, choices=Metal.choices, default=Metal.BRONZE, db_default=Metal.BRONZE
    )
    family = models.CharField(
        _("group"), max_length=9, choices=Family.choices, default=Family.SPECIAL, db_default=Family.SPECIAL
    )
    # A tree (`rules.tree`); null where people give it by hand.
    rule = models.JSONField(_("conditions"), null=True, blank=True, editable=False)
    every = models.CharField(
        _("can be earned"), max_length=7, choices=Every.choices, blank=True, default="", db_default=""
    )
    # What was counted before there were rules. Read by no code any more; goes with the next release.
    metric = models.CharField(max_length=20, blank=True, default="", editable=False)
    number = models.PositiveIntegerField(default=1, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)
    gives_title = models.BooleanField(
        _("may be worn as a title"),
        default=False,
        db_default=False,
        help_text=_("Whoever holds it may show its name beside their own."),
    )
    opens_spaces = models.BooleanField(
        _("may open spaces"),
        default=False,
        db_default=False,
        help_text=_(
            "Offered where a space says who may read or write there. Whoever loses it loses that too."
        ),
    )
    takes_nominations = models.BooleanField(
        _("members may propose others for it"),
        default=False,
        db_default=False,
        help_text=_("The team decides about each proposal in the review queue."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=50)
    holder_count = models.PositiveIntegerField(default=0, editable=False)
    # When everybody was counted for it as it stands now; until then nobody is told of it.
    counted_at = models.DateTimeField(null=True, editable=False)
    per_mille = models.PositiveSmallIntegerField(null=True, editable=False)

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

    @property
    def tree(self) -> "Rule | None":
        """Its rule as a tree; None where people give it by hand."""
        return read(self.rule) if self.rule else None


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

    `value` is how much was counted; nothing about where it was earned is kept, so a badge tells nothing about private spaces.
    What a person gave or took back by hand is left alone by the automatic.
    """

    badge = models.ForeignKey(Badge, on_delete=models.PROTECT, related_name="awards")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="badge_awards"
    )
    period = models.CharField(max_length=10, blank=True, default="")
    value = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    # What everyone reads beside the holder's name, of what people gave.
    citation = models.CharField(_("citation"), max_length=300, blank=True, default="", db_default="")
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


class NominationState(models.TextChoices):
    """What came of a proposal."""

    OPEN = "open", _("Waiting")
    ACCEPTED = "accepted", _("Awarded")
    DECLINED = "declined", _("Not awarded")


class Nomination(models.Model):
    """A member proposes another for a badge, with a sentence; at most one for each badge and member waits."""

    badge = models.ForeignKey(Badge, on_delete=models.CASCADE, related_name="nominations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="badge_nominations"
    )
    words = models.CharField(_("why"), max_length=300)
    state = models.CharField(
        _("state"), max_length=8, choices=NominationState.choices, default=NominationState.OPEN
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(_("Answer"), max_length=300, blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        constraints = [
            models.UniqueConstraint(
                fields=["badge", "member"], condition=models.Q(state="open"), name="nomination_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.badge_id}"


def _salt() -> str:
    return secrets.token_hex(16)


class Credential(models.Model):
    """An award that its holder carried away: the number in its address, and the salt of the digest of their e-mail."""

    award = models.OneToOneField(Award, on_delete=models.CASCADE, primary_key=True, related_name="credential")
    number = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    salt = models.CharField(max_length=32, default=_salt, editable=False)
    carried_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("badge carried away")
        verbose_name_plural = _("badges carried away")

    def __str__(self) -> str:
        return str(self.number)
