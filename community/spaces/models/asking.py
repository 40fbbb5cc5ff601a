"""What a space asks of whoever begins a thread in it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.spaces.models.space import Space


class FieldKind(models.TextChoices):
    """What is answered."""

    TEXT = "text", _("A line of text")
    CHOICE = "choice", _("One of several")
    CHOICES = "choices", _("Some of several")
    NUMBER = "number", _("A number")
    DATE = "date", _("A date")
    LINK = "link", _("A link")


class SpaceField(models.Model):
    """One thing asked. Threads carry the answers by key, so a field that is no longer asked keeps its row."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="fields", db_index=False)
    key = models.SlugField(max_length=30)
    label = models.CharField(_("what is asked"), max_length=60)
    hint = models.CharField(_("hint"), max_length=120, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=8, choices=FieldKind.choices, default=FieldKind.TEXT)
    options = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    is_required = models.BooleanField(_("needed"), default=False)
    for_team = models.BooleanField(_("answers are for the team"), default=False)
    is_asked = models.BooleanField(_("asked and shown"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["space", "key"], name="space_field_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def has_options(self) -> bool:
        """Whether it is answered by choosing."""
        return self.kind in (FieldKind.CHOICE, FieldKind.CHOICES)


class SpaceTemplate(models.Model):
    """The text a post in a space begins with."""

    space = models.OneToOneField(Space, on_delete=models.CASCADE, primary_key=True, related_name="template")
    body = models.TextField()
