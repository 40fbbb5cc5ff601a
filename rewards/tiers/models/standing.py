"""Tiers, who stands where, and how it came to that."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Tier(models.Model):
    """A status level, reached by points earned. The first one, at 0, is where everyone begins."""

    key = models.SlugField(_("key"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=30, unique=True)
    threshold = models.PositiveIntegerField(_("points earned"), unique=True)
    opens = models.TextField(
        _("what it opens"), blank=True, default="", help_text=_("One thing a line; members read it.")
    )

    is_kept = models.BooleanField(
        _("never lost once reached"),
        default=False,
        db_default=False,
        help_text=_("Only matters where tiers follow the points of a time, and can be lost at all."),
    )

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ("threshold",)

    def __str__(self) -> str:
        return self.name

    @property
    def abilities(self) -> list[str]:
        """What the tier opens, one thing each."""
        return [line.strip() for line in self.opens.splitlines() if line.strip()]


class Standing(models.Model):
    """The tier a member is in, and since when. With a `grace_until` they fall short of it, and keep it until then."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tier_standing"
    )
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="standings")
    since = models.DateTimeField(default=timezone.now)
    # The highest threshold ever reached: reaching it again is not news.
    highest = models.PositiveIntegerField(default=0)
    grace_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("tier of a member")
        verbose_name_plural = _("tiers of members")

    def __str__(self) -> str:
        return f"{self.member_id} {self.tier_id}"


class Why(models.TextChoices):
    """Why a member moved from one tier to another."""

    EARNED = "earned", _("Points earned")
    CORRECTED = "correct", _("Points corrected")
    SHORT = "short", _("Fewer points in the time that counts")
    RULES = "rules", _("The team changed the tiers")
    GIVEN = "given", _("Invited by the team")
    TAKEN = "taken", _("Ended by the team")


class TierMove(models.Model):
    """One move between tiers: names as they were, when and why, and by whom when a person did it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tier_moves")
    before = models.CharField(_("from"), max_length=30, blank=True, default="")
    after = models.CharField(_("to"), max_length=30, blank=True, default="")
    why = models.CharField(_("why"), max_length=7, choices=Why.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("move between tiers")
        verbose_name_plural = _("moves between tiers")
        indexes = [models.Index(fields=["member", "-id"], name="tiermove_member")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
