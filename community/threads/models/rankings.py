"""Lists of threads that are ranked once in a while."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.threads.models.threads import Thread


class Ranking(models.TextChoices):
    """Lists of threads that are ranked once in a while, not at every look."""

    HOT = "hot", _("Hot")
    DAY = "day", _("Day")
    WEEK = "week", _("Week")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")
    ALL = "all", _("All time")


class RankedThread(models.Model):
    """One place in a ranking, with what it was ranked by. Written anew by `rank_threads`."""

    ranking = models.CharField(max_length=5, choices=Ranking.choices)
    place = models.PositiveSmallIntegerField()
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    thanks = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ranking", "place"], name="ranked_place_once")]
