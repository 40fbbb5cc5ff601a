"""`MailRules`: the numbers that managers may change. There is one row; without it, these defaults are in force."""

import datetime as dt
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.activity.one_row import THE_ROW
from community.notifications.models.digests import Rhythm


class MailRules(models.Model):
    """How e-mail behaves for everyone who has not chosen otherwise."""

    wait_minutes = models.PositiveSmallIntegerField(
        _("minutes before a mail leaves"),
        default=10,
        validators=[MaxValueValidator(120)],
        help_text=_(
            "Default 10: whoever is on the site reads it there first and gets no mail, and several things become one"
            " mail. An answer to one's own question never waits."
        ),
    )
    digest_rhythm = models.CharField(
        _("digest, until a member chooses"),
        max_length=8,
        choices=Rhythm.choices,
        default=Rhythm.WEEKLY,
        help_text=_("Default weekly: often enough to stay in touch, seldom enough to be read."),
    )
    digest_items = models.PositiveSmallIntegerField(
        _("entries in each part of a digest"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("Default 5: what can be looked through in a minute."),
    )
    digest_days = models.PositiveSmallIntegerField(
        _("days after which nobody gets digests any more"),
        default=180,
        validators=[MinValueValidator(7), MaxValueValidator(730)],
        help_text=_("Default 180: whoever has not come for half a year is left in peace."),
    )
    soft_score = models.DecimalField(
        _("score of a mail that came back for now"),
        max_digits=3,
        decimal_places=1,
        default=Decimal(1),
        validators=[MinValueValidator(0)],
        help_text=_("Default 1: a full mailbox, a server that was away."),
    )
    hard_score = models.DecimalField(
        _("score of a mail refused while it was handed over"),
        max_digits=3,
        decimal_places=1,
        default=Decimal(2),
        validators=[MinValueValidator(0)],
        help_text=_("Default 2. A bounce that says the address does not exist stops it at once."),
    )
    score_off = models.DecimalField(
        _("taken off with every mail that leaves"),
        max_digits=3,
        decimal_places=1,
        default=Decimal("0.1"),
        validators=[MinValueValidator(0)],
        help_text=_("Default 0.1: one bad day is forgotten after ten good mails."),
    )
    score_limit = models.DecimalField(
        _("score at which an address is left alone"),
        max_digits=4,
        decimal_places=1,
        default=Decimal(4),
        validators=[MinValueValidator(1)],
        help_text=_("Default 4. Providers judge a sender by mail that comes back."),
    )
    score_days = models.PositiveSmallIntegerField(
        _("days after which the score is forgotten"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Default 30."),
    )
    reply_days = models.PositiveSmallIntegerField(
        _("days in which a mail can be answered"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Default 30: an old mail that gets into other hands opens nothing."),
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("e-mail rules")
        verbose_name_plural = _("e-mail rules")
        constraints = [models.CheckConstraint(condition=Q(pk=THE_ROW), name="mail_rules_once")]

    def __str__(self) -> str:
        return str(_("E-mail rules"))

    @property
    def wait(self) -> dt.timedelta:
        """How long a mail waits."""
        return dt.timedelta(minutes=self.wait_minutes)
