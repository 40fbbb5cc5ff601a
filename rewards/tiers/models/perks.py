"""What tiers open, and the tiers one is invited to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Group
from community.spaces.models import Space
from rewards.tiers.models.standing import Tier


class InvitedTier(models.Model):
    """A tier that no points lead to: the team invites to it, and only who is in it reads of it.

    Its group, which nobody but the team sees, is what its spaces are opened to.
    """

    name = models.CharField(_("name"), max_length=30, unique=True)
    about = models.CharField(_("what it is for"), max_length=200, blank=True, default="")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("tier by invitation")
        verbose_name_plural = _("tiers by invitation")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def audience_key(self) -> str:
        """What spaces that it opens are opened to."""
        return f"group:{self.group_id}"


class Invitation(models.Model):
    """One member in one tier by invitation: since when, by whom and why; and how it ended."""

    tier = models.ForeignKey(
        InvitedTier, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("tier")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("member")
    )
    reason = models.CharField(_("reason"), max_length=300)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(_("since"), default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("invitation to a tier")
        verbose_name_plural = _("invitations to a tier")
        constraints = [
            models.UniqueConstraint(
                fields=["tier", "member"], condition=Q(ended_at=None), name="tier_invitation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.tier_id}"


class PerkKind(models.TextChoices):
    """What a perk does. The first three are done by the house itself, so they cannot be promised and not kept."""

    SPACE = "space", _("Opens a space")
    EARLY = "early", _("Opens a space before it opens to every member")
    REWARD = "reward", _("Gives a right that other features ask for")
    WORDS = "words", _("Something people do by hand")


class Perk(models.Model):
    """One thing that a tier, and every tier above it, opens."""

    tier = models.ForeignKey(
        Tier, null=True, blank=True, on_delete=models.CASCADE, related_name="perks", verbose_name=_("tier")
    )
    invited = models.ForeignKey(
        InvitedTier,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="perks",
        verbose_name=_("tier by invitation"),
    )
    kind = models.CharField(_("what it does"), max_length=6, choices=PerkKind.choices, default=PerkKind.SPACE)
    space = models.ForeignKey(
        Space, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("space")
    )
    opens_at = models.DateTimeField(_("opens to every member"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    key = models.SlugField(_("key of the right"), max_length=40, blank=True, default="")
    words = models.CharField(_("in words"), max_length=120, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("order"), default=50)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("perk")
        verbose_name_plural = _("perks")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(tier__isnull=True, invited__isnull=False)
                | Q(tier__isnull=False, invited__isnull=True),
                name="perk_of_one_tier",
                violation_error_message=_("Choose one tier that it belongs to."),
            ),
            models.CheckConstraint(
                condition=Q(kind="space", space__isnull=False)
                | Q(kind="early", space__isnull=False, opens_at__isnull=False)
                | (Q(kind="reward") & ~Q(key="") & ~Q(words=""))
                | (Q(kind="words") & ~Q(words="")),
                name="perk_says_what_it_opens",
                violation_error_message=_(
                    "A space needs to be named, early access a moment too, a right its key and words."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.words or str(PerkKind(self.kind).label)
