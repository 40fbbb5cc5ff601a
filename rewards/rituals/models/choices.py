"""What a member chose about rituals."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RitualChoices(models.Model):
    """The choices of one member. Without a row these defaults hold: counted for themselves, shown to nobody else."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="ritual_choices"
    )
    counts_streak = models.BooleanField(
        _("count my weeks in a row"),
        default=True,
        help_text=_("Off, nothing is counted and nothing is kept."),
    )
    shows_streak = models.BooleanField(
        _("show them on my profile"), default=False, help_text=_("Off until you choose it.")
    )
    birth_day = models.PositiveSmallIntegerField(_("day of the month"), null=True, blank=True)
    birth_month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    shows_birthday = models.BooleanField(
        _("members may see it on my profile"),
        default=False,
        db_default=False,
        help_text=_("Off, it is between you and us. Nobody is ever asked for a year."),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_day=None, birth_month=None)
                | Q(birth_day__range=(1, 31), birth_month__range=(1, 12)),
                name="birthday_is_a_day",
            )
        ]
        indexes = [
            models.Index(
                fields=["birth_month", "birth_day", "member"],
                condition=Q(birth_day__isnull=False),
                name="birthday_comes_round",
            )
        ]

    def __str__(self) -> str:
        return str(self.member_id)
