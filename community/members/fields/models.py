"""`ProfileField`: one thing that members may say about themselves, as the brand defined it."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

check_key = RegexValidator(r"^[a-z][a-z0-9_]{0,39}\Z", _("Use small letters, digits and underscores."))


class FieldKind(models.TextChoices):
    """What an answer is."""

    TEXT = "text", _("Text")
    CHOICE = "choice", _("One choice")
    CHOICES = "choices", _("Several choices")
    DATE = "date", _("Date")
    LINK = "link", _("Link")


class SeenBy(models.TextChoices):
    """Who may read the answers of others."""

    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Members")
    STAFF = "staff", _("Staff only")


class FilledBy(models.TextChoices):
    """Who answers."""

    MEMBER = "member", _("The member")
    STAFF = "staff", _("Staff and sign-on only")


class ProfileField(models.Model):
    """A question to every member. Its key names it in stored answers, in the API and in sign-on claims, and never changes.

    What is no longer offered is kept: a retired field keeps its answers, a retired choice stays with those who chose it.
    """

    key = models.CharField(
        _("key"),
        max_length=40,
        unique=True,
        validators=[check_key],
        help_text=_("Names the field in the API and in sign-on claims. It cannot change later."),
    )
    name = models.CharField(_("name"), max_length=60)
    help_text = models.CharField(_("help"), max_length=200, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=8, choices=FieldKind.choices, default=FieldKind.TEXT)
    choices = ArrayField(models.CharField(max_length=60), verbose_name=_("choices"), default=list, blank=True)
    retired_choices = ArrayField(models.CharField(max_length=60), default=list, blank=True, editable=False)
    seen_by = models.CharField(_("seen by"), max_length=8, choices=SeenBy.choices, default=SeenBy.MEMBERS)
    filled_by = models.CharField(
        _("filled in by"), max_length=8, choices=FilledBy.choices, default=FilledBy.MEMBER
    )
    is_required = models.BooleanField(
        _("required"),
        default=False,
        help_text=_("Members who have not answered are asked on their next visit."),
    )
    at_sign_up = models.BooleanField(_("asked when joining"), default=False)
    is_searchable = models.BooleanField(_("found by search"), default=False)
    is_filterable = models.BooleanField(_("filter of the directory"), default=False)
    on_card = models.BooleanField(_("shown on the card"), default=False)
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Out of use, it is neither asked nor shown; answers are kept.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=50)
    # From which version of the required questions on this one is among them; zero while it is not.
    asked_from = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("profile field")
        verbose_name_plural = _("profile fields")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def has_choices(self) -> bool:
        """Whether answers come from a list."""
        return self.kind in (FieldKind.CHOICE, FieldKind.CHOICES)
