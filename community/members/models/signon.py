"""`SignOnProvider`: who else may say who somebody is. Its secret is kept sealed and never shown again."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ProviderKind(models.TextChoices):
    """What a provider speaks."""

    OIDC = "oidc", _("OpenID Connect")
    GOOGLE = "google", "Google"
    MICROSOFT = "microsoft", "Microsoft"
    APPLE = "apple", "Apple"
    GITHUB = "github", "GitHub"


class SignOnProvider(models.Model):
    """A provider by which members sign in: the brand's own, or one that many people have an account with."""

    key = models.CharField(
        _("key"),
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*\Z", _("Small letters, digits and dashes."))],
        help_text=_(
            "Stands in the return address and with every account that came this way, so it stays as it is."
        ),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ProviderKind.choices, default=ProviderKind.OIDC)
    name = models.CharField(_("name"), max_length=40, help_text=_("On the button: Go on with …"))
    server_url = models.CharField(
        _("issuer"),
        max_length=200,
        blank=True,
        default="",
        help_text=_(
            "For OpenID Connect its address, https://login.example.org. For Microsoft your tenant; empty for others."
        ),
    )
    client_id = models.CharField(_("client ID"), max_length=190)
    sealed_secret = models.TextField(blank=True, default="", editable=False)
    team_id = models.CharField(_("team ID (Apple)"), max_length=40, blank=True, default="")
    key_id = models.CharField(_("key ID (Apple)"), max_length=40, blank=True, default="")
    is_on = models.BooleanField(_("on"), default=False, help_text=_("Its button is on the sign-in page."))
    trusts_email = models.BooleanField(
        _("every e-mail it names is confirmed"),
        default=False,
        help_text=_(
            "Only for a provider that gives out no address it has not checked, such as your own. Otherwise we believe"
            " those alone that it calls confirmed."
        ),
    )
    customer_claim = models.CharField(
        _("claim that says: a customer"),
        max_length=60,
        blank=True,
        default="",
        help_text=_("Its name, such as is_customer. Whoever has it skips the sandbox of newcomers."),
    )
    groups_claim = models.CharField(
        _("claim with groups"),
        max_length=60,
        blank=True,
        default="",
        help_text=_(
            "Its name, such as groups. Groups that follow it gain and lose members at every sign-in."
        ),
    )
    field_claims = models.TextField(
        _("claims for profile fields"),
        blank=True,
        default="",
        help_text=_("One in each line: claim = key of the field."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=10)
    tested_at = models.DateTimeField(_("tested"), null=True, blank=True, editable=False)
    test_said = models.CharField(
        _("what the test said"), max_length=300, blank=True, default="", editable=False
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("sign-in provider")
        verbose_name_plural = _("sign-in providers")
        ordering = ("position", "key")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["apple", "github"]) | Q(key=models.F("kind")), name="signon_fixed_key"
            )
        ]

    def __str__(self) -> str:
        return self.name
