"""What a member shows on their own page alone."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.members.models.member import Member


class Profile(models.Model):
    """The part of a member that only their own page, their card and the directory need.

    Apart from `Member`, because every page reads all of that. Who never filled anything in has no row. `answers` maps the
    key of a profile field to what was answered: a text, or a list where several choices are allowed.
    """

    member = models.OneToOneField(Member, primary_key=True, on_delete=models.CASCADE, related_name="profile")
    banner_url = models.CharField(max_length=200, blank=True, default="", db_default="")
    answers = models.JSONField(default=dict, db_default={})
    # Posts of the last thirty days, counted anew by the clock, for the order of the directory.
    month_posts = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        indexes = [
            GinIndex(fields=["answers"], opclasses=["jsonb_path_ops"], name="profile_answers"),
            models.Index(
                fields=["-month_posts", "-member"],
                condition=models.Q(month_posts__gt=0),
                name="profile_most_active",
            ),
        ]

    def __str__(self) -> str:
        return f"profile of {self.member_id}"
