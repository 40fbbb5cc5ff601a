"""Ice-breakers, who was welcomed with which, and the years people have been here."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.spaces.models import Space
from community.threads.models import Thread


class IceBreaker(models.Model):
    """One easy question for a newcomer, and where to answer it."""

    text = models.CharField(
        _("question"), max_length=160, help_text=_("One sentence that anyone can answer in a minute.")
    )
    thread = models.ForeignKey(
        Thread,
        verbose_name=_("thread to answer in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Newcomers who can read it answer there. Without one, they begin a thread in the space."),
    )
    space = models.ForeignKey(
        Space,
        verbose_name=_("space to answer in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("ice-breaker")
        verbose_name_plural = _("ice-breakers")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text


class Welcome(models.Model):
    """A newcomer was welcomed, and with which question. `dismissed_at`: they put the first steps away for good; `rests_until`:
    they said "not now"."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="welcome"
    )
    ice_breaker = models.ForeignKey(
        IceBreaker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    welcomed_at = models.DateTimeField(default=timezone.now)
    dismissed_at = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)


class Anniversary(models.Model):
    """A member has been here for a number of years; told once each."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="anniversaries"
    )
    years = models.PositiveSmallIntegerField()
    reached_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "years"], name="anniversary_once")]
