"""What was said to whom on which day, so that it is said once."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Ritual(models.TextChoices):
    """What there is to say. These stand in rows: never rename them."""

    STREAK = "streak", _("Weeks in a row")
    BIRTHDAY = "birthday", _("Birthday")
    SEASON = "season", _("A season begins")
    RECAP = "recap", _("A season is over")


class Greeting(models.Model):
    """One ritual for one member in one period: the number of weeks, of years, the year. The database keeps it unique.

    Rows that were made for what is long past are there so that nobody is told of it later.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="greetings", db_index=False
    )
    ritual = models.CharField(_("ritual"), max_length=12, choices=Ritual.choices)
    period = models.CharField(_("period"), max_length=12)
    # The member's own day, where they live.
    day = models.DateField(_("their day"))
    made_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("greeting")
        verbose_name_plural = _("greetings")
        constraints = [models.UniqueConstraint(fields=["member", "ritual", "period"], name="greeting_once")]

    def __str__(self) -> str:
        return f"{self.ritual} {self.period}"
