"""The double-entry ledger: accounts, transfers between them, and the legs of each transfer.

Transfers and entries are append-only; a database trigger refuses to change or delete them, and another refuses,
at commit, a transfer whose legs do not cancel out. A mistake is mended by a transfer that reverses it.
"""

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rewards.points.models.programmes import MAIN, InProgramme, Programme, ProgrammeKey


class Unit(models.TextChoices):
    """The two numbers that are never mixed. Spending moves `SPEND` only, so it cannot lower a tier."""

    STATUS = "status", _("Earned")
    SPEND = "spend", _("To spend")


class AccountKind(models.TextChoices):
    """Whose account it is and what its balance means.

    `OWED` belongs to a member and is zero or below: what a reversal could not take back because it was
    spent already. What they earn next settles it first, so that the balance to spend is never negative.
    """

    MEMBER = "member", _("Member")
    OWED = "owed", _("Owed by a member")
    ISSUED = "issued", _("Issued")
    SPENT = "spent", _("Spent")
    EXPIRED = "lapsed", _("Expired")


class TransferKind(models.TextChoices):
    """Why points moved."""

    AWARD = "award", _("Earned")
    REVERSAL = "reversal", _("Taken back")
    ADJUSTMENT = "adjustment", _("Corrected by the team")
    SPENDING = "spending", _("Spent")
    EXPIRY = "expiry", _("Expired")


class Account(InProgramme):
    """One balance in one unit of one programme. The house's own accounts have no owner, and the highest ids (see `accounts.py`)."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="point_accounts",
    )
    unit = models.CharField(max_length=6, choices=Unit.choices)
    kind = models.CharField(max_length=6, choices=AccountKind.choices)
    balance = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("points account")
        verbose_name_plural = _("points accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "programme", "unit", "kind"],
                condition=Q(owner__isnull=False),
                name="account_once_per_programme",
            ),
            models.UniqueConstraint(
                fields=["programme", "unit", "kind"],
                condition=Q(owner__isnull=True),
                name="house_account_once",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, kind__in=["member", "owed"])
                | Q(owner__isnull=True, kind__in=["issued", "spent", "lapsed"]),
                name="account_owner_fits_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind="member") | Q(balance__gte=F("held")), name="account_member_not_below_zero"
            ),
            models.CheckConstraint(
                condition=~Q(kind="owed") | Q(balance__lte=0), name="account_owed_not_above_zero"
            ),
            models.CheckConstraint(condition=Q(held__gte=0), name="account_held_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit} {self.owner_id or ''}".rstrip()


class Transfer(models.Model):
    """One reason for points to move. `earned` and `spendable` are what it changed for the member, for lists and sums.

    `asked` is what the rule gives; it is more than `earned` when the daily limit trimmed the award.
    `giver_id` is who pressed the button. Links are ids: whether the reader may see what they lead to is asked when shown.
    """

    kind = models.CharField(max_length=10, choices=TransferKind.choices)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="point_transfers"
    )
    # Not a foreign key in the database: a trigger compares it with the accounts of its legs, which have one.
    programme = ProgrammeKey(
        Programme,
        to_field="key",
        db_default=Value(MAIN),
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name=_("programme"),
    )
    earned = models.BigIntegerField()
    spendable = models.BigIntegerField()
    asked = models.PositiveIntegerField(default=0)
    rule = models.ForeignKey(
        "points.EarningRule", null=True, blank=True, on_delete=models.PROTECT, related_name="transfers"
    )
    rule_key = models.CharField(max_length=40, blank=True, default="")
    source_type = models.CharField(max_length=20, blank=True, default="")
    source_id = models.BigIntegerField(null=True, blank=True)
    # How many awards for the same source were taken back before this one.
    round = models.PositiveSmallIntegerField(default=0)
    scope = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal"
    )
    giver_id = models.BigIntegerField(null=True, blank=True)
    actor_id = models.BigIntegerField(null=True, blank=True)
    activity_id = models.BigIntegerField(null=True, blank=True)
    thread_id = models.BigIntegerField(null=True, blank=True)
    post_id = models.BigIntegerField(null=True, blank=True)
    memo = models.CharField(max_length=300)
    occurred_at = models.DateTimeField(default=timezone.now)
    day = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)

    # In words, where the line came of an event of the brand and somebody asked (`brand_words.py`).
    event_words: str = ""

    class Meta:
        verbose_name = _("points transfer")
        verbose_name_plural = _("points transfers")
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="transfer_key_once"),
            models.UniqueConstraint(
                fields=["rule_key", "source_type", "source_id", "member", "round"],
                condition=Q(kind="award"),
                name="award_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False)
                | (~Q(kind="reversal") & Q(reverses__isnull=True)),
                name="reversal_names_its_original",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="transfer_statement"),
            # Of what is not of the main programme: nothing to keep up where there is only that.
            models.Index(
                fields=["member", "programme", "-id"],
                condition=~Q(programme="main"),
                name="transfer_elsewhere",
            ),
            models.Index(fields=["member", "day"], condition=Q(kind="award"), name="transfer_day"),
            models.Index(
                fields=["day", "member"],
                condition=Q(kind="award"),
                include=["earned", "rule_key"],
                name="transfer_period",
            ),
            models.Index(fields=["source_type", "source_id"], name="transfer_source"),
            # Rows come in the order of time, so a small index of ranges finds those of some days.
            BrinIndex(fields=["created_at"], autosummarize=True, pages_per_range=16, name="transfer_booked"),
            models.Index(fields=["-id"], condition=Q(kind="adjustment"), name="transfer_corrected"),
            models.Index(fields=["post_id"], condition=Q(post_id__isnull=False), name="transfer_post"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.earned:+d}/{self.spendable:+d}"

    @property
    def was_trimmed(self) -> bool:
        """Whether the daily limit made this award smaller than its rule."""
        return self.kind == TransferKind.AWARD and self.earned < self.asked


class Entry(models.Model):
    """One leg: so much into (or, below zero, out of) one account."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries")
    amount = models.BigIntegerField()

    class Meta:
        verbose_name = _("points entry")
        verbose_name_plural = _("points entries")
        constraints = [
            models.UniqueConstraint(fields=["transfer", "account"], name="entry_once_per_account"),
            models.CheckConstraint(condition=~Q(amount=0), name="entry_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount:+d}"
