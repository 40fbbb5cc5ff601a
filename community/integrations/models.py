"""Keys for programs, answers kept for repeated calls, and the sites that may show the community."""

import datetime as dt
import hashlib
import hmac
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Tables of the rooms of this feature; Django looks for them here.
from community.integrations.webhooks.models import WebhookAttempt as WebhookAttempt
from community.integrations.webhooks.models import WebhookEndpoint as WebhookEndpoint
from community.integrations.webhooks.models import WebhookMessage as WebhookMessage
from community.integrations.webhooks.models import WebhookReplay as WebhookReplay

LONGEST_LIFE = dt.timedelta(days=365)


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Filters on keys."""

    def usable(self) -> "ApiKeyQuerySet":
        """Keys that still open something."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class ApiKey(models.Model):
    """Lets a program act as a member, within scopes, never above what that member may do at that moment.

    Only a hash of the secret is kept. The secret has 256 random bits, so a plain SHA-256 cannot be guessed back.
    """

    name = models.CharField(_("name"), max_length=60, help_text=_("What uses it, so that you know it again."))
    prefix = models.CharField(max_length=12, unique=True, editable=False)
    secret_hash = models.CharField(max_length=64, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="api_keys",
        verbose_name=_("acts as"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    scopes = ArrayField(models.CharField(max_length=30), default=list, verbose_name=_("may"))
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__lte=F("created_at") + LONGEST_LIFE), name="api_key_at_most_a_year"
            )
        ]
        indexes = [models.Index(fields=["member", "-id"], name="api_key_member")]

    def __str__(self) -> str:
        return f"{self.name} (plk_{self.prefix}…)"

    @property
    def is_usable(self) -> bool:
        """Whether the key opens anything now."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    def matches(self, secret: str) -> bool:
        """Whether `secret` is this key's, compared in constant time."""
        return hmac.compare_digest(hash_secret(secret), self.secret_hash)


def hash_secret(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


class KeptAnswer(models.Model):
    """The answer to a call that carried an `Idempotency-Key`, kept in the transaction of its effect."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    route = models.CharField(max_length=300)
    key = models.CharField(max_length=255)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [models.UniqueConstraint(fields=["member", "route", "key"], name="kept_answer_once")]
        indexes = [models.Index(fields=["created_at"], name="kept_answer_age")]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"


def check_origin(value: str) -> None:
    """Raise unless `value` is exactly a scheme and a host, with a port if need be: `https://shop.example.org`."""
    parts = urlsplit(value)
    plain = f"{parts.scheme}://{parts.netloc}"
    harmless = all(c.isalnum() or c in ".-:[]" for c in parts.netloc)
    if value != plain or parts.scheme not in ("https", "http") or not parts.hostname or not harmless:
        raise ValidationError(_("Write the scheme and the host only, like https://shop.example.org."))
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1"):
        raise ValidationError(_("Only https, except on this machine."))


class EmbedOrigin(models.Model):
    """A site of the brand that may show the community in a frame and read the public API from its pages."""

    origin = models.CharField(_("site"), max_length=200, unique=True, validators=[check_origin])
    label = models.CharField(_("what it is"), max_length=60, blank=True, default="")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("site that may embed")
        verbose_name_plural = _("sites that may embed")
        ordering = ("origin",)

    def __str__(self) -> str:
        return self.origin
