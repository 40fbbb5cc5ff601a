"""Tiers, and who has reached which."""

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
    """The tier a member is in, and since when. It falls only when points are corrected, never through absence."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tier_standing"
    )
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="standings")
    since = models.DateTimeField(default=timezone.now)
    # The highest threshold ever reached: reaching it again is not news.
    highest = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("tier of a member")
        verbose_name_plural = _("tiers of members")

    def __str__(self) -> str:
        return f"{self.member_id} {self.tier_id}"
