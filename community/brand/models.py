"""`Brand`: the one row that makes a community look and speak like its owner's."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.activity.one_row import THE_ROW
from community.brand.theme import Look

HEX = re.compile(r"^#[0-9a-f]{6}$")


def check_hex(value: str) -> None:
    """Raise unless a colour is written as `#` and six hexadecimal digits in small letters."""
    if not HEX.match(value):
        raise ValidationError(_("Write the colour as # and six digits, for example #17604f."), code="colour")


class Display(models.TextChoices):
    """The typeface of titles. Text always stays in a face made to be read."""

    BRICOLAGE = "bricolage", _("Bricolage Grotesque")
    ATKINSON = "atkinson", _("Atkinson Hyperlegible")
    SERIF = "serif", _("A serif of the reader's device")
    SYSTEM = "system", _("The typeface of the reader's device")


class Pattern(models.TextChoices):
    """What lies behind the words of a deep panel."""

    GLOW = "glow", _("Glow")
    CONTOURS = "contours", _("Contour lines")
    PLAIN = "plain", _("Nothing")


STACKS = {
    Display.BRICOLAGE: "",
    Display.ATKINSON: '"Atkinson"',
    Display.SERIF: 'ui-serif,"Iowan Old Style","Palatino Linotype",Georgia,serif',
    Display.SYSTEM: 'system-ui,-apple-system,"Segoe UI"',
}


class Brand(models.Model):
    """The community's name, colours and words. There is exactly one; without a row, these defaults are in force."""

    name = models.CharField(_("name of the community"), max_length=40, default="Porchlight")
    owner = models.CharField(_("name of the company behind it"), max_length=80, blank=True, default="")
    strapline = models.CharField(
        _("one sentence on what it is for"),
        max_length=160,
        blank=True,
        default="Ask, help each other, and hear what became of what you said.",
    )
    logo = models.BinaryField(_("logo"), null=True, blank=True, editable=False)
    logo_hash = models.CharField(max_length=16, blank=True, default="", editable=False)

    brand_colour = models.CharField(
        _("brand colour"), max_length=7, default="#3d4f8f", validators=[check_hex]
    )
    accent_colour = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#f5b13d",
        validators=[check_hex],
        help_text=_("For recognition: points, badges, tiers."),
    )
    tint = models.FloatField(
        _("tint"),
        default=0.3,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("How far the greys lean to the brand colour, from 0 to 1."),
    )
    radius = models.PositiveSmallIntegerField(
        _("roundness"),
        default=14,
        validators=[MaxValueValidator(28)],
        help_text=_("Of corners, from 0 to 28."),
    )
    display = models.CharField(
        _("typeface of titles"), max_length=12, choices=Display.choices, default=Display.BRICOLAGE
    )
    pattern = models.CharField(
        _("pattern of deep panels"), max_length=12, choices=Pattern.choices, default=Pattern.GLOW
    )

    guidelines = models.TextField(
        _("community guidelines"), blank=True, default="", help_text=_("Markdown. Empty: our own text.")
    )
    privacy = models.TextField(
        _("privacy notice"), blank=True, default="", help_text=_("Markdown. Empty: our own text.")
    )
    terms = models.TextField(
        _("terms"), blank=True, default="", help_text=_("Markdown. Empty: our own text.")
    )
    postal_address = models.CharField(_("postal address"), max_length=200, blank=True, default="")
    support_email = models.EmailField(_("e-mail of customer care"), blank=True, default="")
    default_language = models.CharField(_("language"), max_length=10, default="en")
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("look and name")
        verbose_name_plural = _("look and name")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=THE_ROW), name="brand_once"),
            models.CheckConstraint(condition=models.Q(tint__gte=0, tint__lte=1), name="brand_tint_range"),
            models.CheckConstraint(
                condition=models.Q(brand_colour__regex=HEX.pattern, accent_colour__regex=HEX.pattern),
                name="brand_colours_are_hex",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return "/"

    @property
    def look(self) -> Look:
        """The inputs of the solver, without the pattern's address."""
        return Look(
            brand=self.brand_colour,
            accent=self.accent_colour,
            tint=self.tint,
            radius=self.radius,
            display=STACKS.get(Display(self.display), ""),
            pattern=self.pattern if self.pattern != Pattern.PLAIN else "",
        )
