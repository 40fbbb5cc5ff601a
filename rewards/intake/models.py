"""What may be told, what was told, and which customer of the brand is which member."""

import re
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# More than the longest memory of a shop, and within what dates can hold.
LONGEST_AGO = 36_500
MOST_FIELDS = 20
# What words about an event may name; braces around anything else are refused.
PLACES = ("id", "day", "amount", "quantity")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Need(models.TextChoices):
    """Whether an event of a type carries something."""

    NO = "no", _("never")
    MAY = "may", _("may")
    MUST = "must", _("must")


class FieldKind(models.TextChoices):
    """What an attribute holds."""

    TEXT = "text", _("Text")
    NUMBER = "number", _("Whole number")
    FLAG = "flag", _("Yes or no")
    DAY = "day", _("Day")


def check_declared(value: Any) -> None:
    """Raise unless `value` is a list of {name, kind, required}, each name once."""
    if not isinstance(value, list) or len(value) > MOST_FIELDS:
        raise ValidationError(_("At most %(n)s attributes."), params={"n": MOST_FIELDS})
    names = set()
    for field in value:
        if not isinstance(field, dict) or set(field) != {"name", "kind", "required"}:
            raise ValidationError(_("An attribute has a name, a kind, and whether it must be there."))
        name, kind, required = field["name"], field["kind"], field["required"]
        plain = isinstance(name, str) and _NAME.fullmatch(name) is not None
        if not plain or kind not in FieldKind.values or type(required) is not bool:
            raise ValidationError(_("“%(name)s” is no attribute."), params={"name": name})
        if name in names:
            raise ValidationError(_("“%(name)s” is there twice."), params={"name": name})
        names.add(name)


def check_said(value: str) -> None:
    """Raise when words name a place that is never filled."""
    for place in re.findall(r"\{([^{}]*)\}", value):
        if place not in PLACES:
            raise ValidationError(_("Nothing stands for {%(place)s}."), params={"place": place})
    if set(re.sub(r"\{[^{}]*\}", "", value)) & {"{", "}"}:
        raise ValidationError(_("A brace is not closed."))


class EventType(models.Model):
    """A kind of event that a manager declared. What is not declared is refused."""

    key = models.CharField(
        _("key"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"\A[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*\Z", _("Small letters with dots, like order.placed.")
            )
        ],
        help_text=_("What your systems send as “type”. It stays as it is."),
    )
    said = models.CharField(
        _("what happened, said to the member"),
        max_length=120,
        validators=[check_said],
        help_text=_("{id}, {day}, {amount} and {quantity} stand for what was sent."),
    )
    amount = models.CharField(_("amount of money"), max_length=4, choices=Need.choices, default=Need.NO)
    quantity = models.CharField(_("quantity"), max_length=4, choices=Need.choices, default=Need.NO)
    attributes = models.JSONField(_("attributes"), default=list, blank=True, validators=[check_declared])
    undoes = models.BooleanField(
        _("takes another event back"),
        default=False,
        help_text=_("Such as a refund: it names the event, and how much of it when it is not all."),
    )
    oldest_days = models.PositiveIntegerField(
        _("days it may lie back"),
        default=400,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_AGO)],
    )
    ahead_minutes = models.PositiveIntegerField(
        _("minutes it may lie ahead"),
        default=10,
        validators=[MaxValueValidator(24 * 60)],
        help_text=_("For clocks that are not quite right."),
    )
    is_open = models.BooleanField(_("is taken in"), default=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("type of brand event")
        verbose_name_plural = _("types of brand events")
        ordering = ("key",)

    def __str__(self) -> str:
        return self.key


class NamedBy(models.TextChoices):
    """By what an event names its member."""

    CUSTOMER = "customer", _("Customer number")
    EMAIL = "email", _("E-mail")
    HANDLE = "handle", _("Handle")
    NUMBER = "number", _("Member number")
    ORIGINAL = "original", _("The event it takes back")


class BrandEventQuerySet(models.QuerySet["BrandEvent"]):
    """Filters for events."""

    def waiting(self) -> Self:
        """Those whose member is not known yet."""
        return self.filter(member=None)

    def named(self, source: str, event_id: str) -> Self:
        """The one with this id."""
        return self.filter(source=source, event_id=event_id)


class BrandEvent(models.Model):
    """One event as it was told. What it says never changes (a trigger refuses that); only whose it is may become known.

    `amount` is in minor units of `currency` (cents). `original` is the event that this one takes back, wholly or in part.
    `who` is the customer number, or the digest of an e-mail address: addresses themselves are not kept.
    """

    source = models.CharField(_("system"), max_length=40)
    event_id = models.CharField(_("id"), max_length=100)
    type = models.ForeignKey(
        EventType, on_delete=models.PROTECT, related_name="events", verbose_name=_("type")
    )
    occurred_at = models.DateTimeField(_("when"))
    amount = models.BigIntegerField(_("amount"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")
    quantity = models.BigIntegerField(_("quantity"), null=True, blank=True)
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    original = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="undoings",
        verbose_name=_("takes back"),
    )
    named_by = models.CharField(_("named by"), max_length=8, choices=NamedBy.choices)
    who = models.CharField(_("named"), max_length=100, blank=True, default="")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="brand_events",
        verbose_name=_("member"),
        db_index=False,
    )
    digest = models.CharField(max_length=64, editable=False)
    received_at = models.DateTimeField(_("came"), default=timezone.now)
    known_at = models.DateTimeField(_("member known since"), null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = BrandEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("brand event")
        verbose_name_plural = _("brand events")
        constraints = [
            models.UniqueConstraint(fields=["source", "event_id"], name="brand_event_once"),
            models.CheckConstraint(
                condition=Q(amount=None, currency="") | Q(amount__gte=0) & ~Q(currency=""),
                name="brand_event_amount_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gte=0), name="brand_event_quantity_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(member=None, known_at=None) | Q(member__isnull=False, known_at__isnull=False),
                name="brand_event_known_when_it_has_a_member",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="brand_event_member"),
            models.Index(fields=["type", "-id"], name="brand_event_type"),
            models.Index(fields=["named_by", "who"], condition=Q(member=None), name="brand_event_waiting"),
            models.Index(fields=["received_at"], condition=Q(member=None), name="brand_event_waits_since"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.event_id}"

    @property
    def is_waiting(self) -> bool:
        """Whether its member is not known yet."""
        return self.member_id is None


class Customer(models.Model):
    """A customer number of one of the brand's systems, and the member it belongs to."""

    source = models.CharField(_("system"), max_length=40)
    number = models.CharField(_("customer number"), max_length=100)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="customer_numbers",
        verbose_name=_("member"),
    )
    linked_at = models.DateTimeField(_("linked"), default=timezone.now)
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("customer number")
        verbose_name_plural = _("customer numbers")
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="customer_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"
