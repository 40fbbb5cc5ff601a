"""How far a member is trusted, and the days they were here."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.members.models.member import Member


class Visit(models.Model):
    """A day (UTC) on which a member was here."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="visits", db_index=False)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="visit_once_a_day")]
        indexes = [models.Index(fields=["day"], name="visit_age")]


class TrustRecord(models.Model):
    """What stands beside the level a member has earned: what the team or a sign-on decided, and a regular's grace.

    `floor` is the least level; while locked it is the level, whatever the member does. No row means nothing was decided.
    """

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="trust")
    floor = models.PositiveSmallIntegerField(
        _("level"),
        default=0,
        validators=[MaxValueValidator(4)],
        help_text=_("0 to 4. Level 4 is given by hand only."),
    )
    is_locked = models.BooleanField(
        _("locked"),
        default=False,
        help_text=_("Keeps exactly this level. Without the lock it is the least: who earns more gets more."),
    )
    reason = models.CharField(
        _("reason"), max_length=300, blank=True, default="", help_text=_("The member reads it.")
    )
    set_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(_("decided"), null=True, blank=True)
    customer_source = models.CharField(_("known customer through"), max_length=60, blank=True, default="")
    customer_since = models.DateTimeField(_("known customer since"), null=True, blank=True)
    below_since = models.DateTimeField(_("below the marks of a regular since"), null=True, blank=True)

    class Meta:
        verbose_name = _("trust level")
        verbose_name_plural = _("trust levels")

    def __str__(self) -> str:
        return f"{self.member_id}: {self.floor}"
