"""Cards of links: what a page says about itself, which texts show it, and which hosts are asked at all."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

THE_ROW = 1


class CardState(models.TextChoices):
    """What became of asking a page."""

    WAITING = "waiting", _("Not asked yet")
    READY = "ready", _("Shown")
    NOTHING = "nothing", _("Wants no card, or says nothing about itself")
    FAILED = "failed", _("Did not answer")


def card_key(url: str) -> str:
    """Return what an address is found by, however long it is."""
    return hashlib.sha256(url.encode()).hexdigest()


class LinkCard(models.Model):
    """What is known about one address, shared by all texts that show it. Kept when a page later stops answering."""

    key = models.CharField(max_length=64, unique=True, editable=False)
    url = models.CharField(_("address"), max_length=2_000)
    state = models.CharField(_("state"), max_length=8, choices=CardState.choices, default=CardState.WAITING)
    title = models.CharField(_("title"), max_length=200, blank=True, default="")
    description = models.CharField(_("description"), max_length=300, blank=True, default="")
    site = models.CharField(_("site"), max_length=80, blank=True, default="")
    picture = models.ForeignKey(
        "writing.Upload", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The thread here that an address of our own shows; its card follows what guests may see of it.
    own_thread = models.BigIntegerField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts in vain"), default=0)
    error = models.CharField(_("last problem"), max_length=200, blank=True, default="")
    # When to ask next; empty: never again.
    due_at = models.DateTimeField(_("asked next"), null=True, blank=True, default=timezone.now)
    fetched_at = models.DateTimeField(_("last answer"), null=True, blank=True)
    # The texts that show it are to be rendered again.
    is_changed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("link card")
        verbose_name_plural = _("link cards")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="card_due"),
            models.Index(fields=["id"], condition=Q(is_changed=True), name="card_changed"),
            models.Index(fields=["own_thread"], condition=Q(own_thread__isnull=False), name="card_own"),
        ]

    def __str__(self) -> str:
        return self.title or self.url


class CardUse(models.Model):
    """A text shows a card: `shelf` names the table, as the renewal of old texts knows it."""

    card = models.ForeignKey(LinkCard, on_delete=models.CASCADE, related_name="uses", db_index=False)
    shelf = models.CharField(max_length=60)
    target_pk = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "shelf", "target_pk"], name="card_use_once")]
        indexes = [models.Index(fields=["shelf", "target_pk"], name="card_use_target")]


class CardRules(models.Model):
    """Whether links get cards, and which hosts are asked. There is one row; without it, these defaults are in force."""

    is_on = models.BooleanField(
        _("show cards for links"),
        default=True,
        help_text=_(
            "An address alone on a line gets a card with title, description and picture. This server asks the page once"
            " and keeps a copy, so readers are never seen by the other site. Without cards, links stay links."
        ),
    )
    never_hosts = models.TextField(
        _("never ask these hosts"),
        blank=True,
        default="",
        help_text=_("One on each line, for example example.org. Their subdomains are meant too."),
    )
    only_hosts = models.TextField(
        _("ask these hosts only"),
        blank=True,
        default="",
        help_text=_("One on each line. Empty: every public site. Private networks are never asked."),
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("rules for link cards")
        verbose_name_plural = _("rules for link cards")
        constraints = [models.CheckConstraint(condition=Q(pk=THE_ROW), name="card_rules_once")]

    def __str__(self) -> str:
        return str(_("Rules for link cards"))

    def clean(self) -> None:
        """Hosts are names, not addresses of pages."""
        for name in ("never_hosts", "only_hosts"):
            hosts = hosts_in(getattr(self, name))
            if any("/" in host or " " in host or "." not in host for host in hosts):
                raise ValidationError({name: _now("Write names of hosts only, one on each line.")})

    def allows(self, host: str) -> bool:
        """Whether a host may be asked, and its cards be shown."""
        if not self.is_on or _is_among(host, hosts_in(self.never_hosts)):
            return False
        only = hosts_in(self.only_hosts)
        return not only or _is_among(host, only)


def hosts_in(text: str) -> list[str]:
    """Return the hosts of a list that a manager typed."""
    return [line.strip().lower().rstrip(".") for line in text.splitlines() if line.strip()]


def _is_among(host: str, hosts: list[str]) -> bool:
    name = host.lower().rstrip(".")
    return any(name == known or name.endswith(f".{known}") for known in hosts)


def card_rules() -> CardRules:
    """Return the rules in force: the one row, or the defaults while nobody has changed any."""
    return CardRules.objects.filter(pk=THE_ROW).first() or CardRules(pk=THE_ROW)
