"""The figures of the programme and what each means. Everything comes from sums of days and from the house's few accounts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from community.activity.one_row import read_row
from rewards.points.models import (
    MAIN,
    Account,
    EarningRule,
    Hold,
    PendingAward,
    PendingState,
    PointWorth,
    TransferKind,
)
from rewards.points.totals import DayRow
from rewards.points.words import translated

BURN_DAYS = (30, 90, 365)
# How many digits of a currency's amounts are behind the point; nearly always two (ISO 4217).
_DIGITS = {"JPY": 0, "KRW": 0, "CLP": 0, "VND": 0, "ISK": 0, "KWD": 3, "BHD": 3, "TND": 3, "OMR": 3, "JOD": 3}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, what it is called and what it means. `text` stands instead of the number where it is no plain count."""

    label: str
    value: int
    why: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Burn:
    """How much of what was issued in so many days was spent or expired in the same days; None where nothing was issued."""

    days: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What one rule brought its members, net of what was taken back, and how much of everything that is."""

    key: str
    name: str
    times: int
    points: int
    percent: int


def figures_of(rows: Iterable[DayRow]) -> list[Figure]:
    """Return what the days of `rows` brought, then where everything stands now."""
    moved = sums_by_kind(rows)
    held = Hold.objects.open().filter(account__programme_id=MAIN).aggregate(n=Sum("amount"))["n"] or 0
    waiting = (
        PendingAward.objects.filter(state=PendingState.WAITING, rule__programme_id=MAIN).aggregate(
            n=Sum("points")
        )["n"]
        or 0
    )
    liability = outstanding()
    worth = worth_of(liability)
    return [
        Figure(_("Issued"), moved[TransferKind.AWARD], _("Points to spend that rules gave in this time, less what was taken back.")),
        Figure(_("Corrected"), moved[TransferKind.ADJUSTMENT], _("What the team gave by hand in this time, less what it took. Two accounts that were joined cancel out.")),
        Figure(_("Spent"), -moved[TransferKind.SPENDING], _("Points to spend that members used in this time, less what came back to them.")),
        Figure(_("Expired"), -moved[TransferKind.EXPIRY], _("Points to spend that reached their date in this time.")),
        Figure(_("Held now"), int(held), _("Set aside for what is not settled yet, and still part of what is outstanding.")),
        Figure(_("On their way now"), int(waiting), _("Promised by rules that wait until they are final. Not in the books yet, so not part of what is outstanding.")),
        Figure(_("Outstanding now"), liability, _("All points that members could still spend, less what some owe: the liability of the programme.")),
        *([Figure(_("Worth now"), liability, _("What is outstanding at the value you set. An upper bound: some of it is never spent."), worth)] if worth else []),
    ]  # fmt: skip


def sums_by_kind(rows: Iterable[DayRow]) -> dict[str, int]:
    """Return how many points to spend moved, by kind."""
    moved: dict[str, int] = defaultdict(int)
    for row in rows:
        moved[row.kind] += row.spendable
    return moved


def outstanding() -> int:
    """Return the liability in points: what members have to spend, less what they owe.

    All accounts of a unit add up to nothing (L5 of the audit), so the house's few accounts say it without reading any member's.
    """
    house = Account.objects.filter(owner=None, programme_id=MAIN, unit="spend").aggregate(n=Sum("balance"))[
        "n"
    ]
    return -int(house or 0)


def worth_of(points: int) -> str:
    """Return what points are worth at the value that managers set, rounded up to the smallest unit; empty without one."""
    row = read_row(PointWorth)
    if not row.per_hundred:
        return ""
    digits = _DIGITS.get(row.currency, 2)
    whole, rest = divmod(-(-max(points, 0) * row.per_hundred // 100), 10**digits)
    return f"{whole:,}.{rest:0{digits}d} {row.currency}" if digits else f"{whole:,} {row.currency}"


def burn_rates(rows: Sequence[DayRow], today: dt.date) -> list[Burn]:
    """Return how fast points are used: (spent + expired) / issued of the same days, the usual burn rate of loyalty programmes.

    Issued are awards and corrections, net. Above 100 % members use up what they had saved.
    """
    rates = []
    for days in BURN_DAYS:
        moved = sums_by_kind(row for row in rows if row.day > today - dt.timedelta(days=days))
        issued = moved[TransferKind.AWARD] + moved[TransferKind.ADJUSTMENT]
        used = -moved[TransferKind.SPENDING] - moved[TransferKind.EXPIRY]
        rates.append(Burn(days, round(100 * used / issued) if issued > 0 else None))
    return rates


def top_rules(rows: Iterable[DayRow]) -> list[RuleRow]:
    """Return what each rule brought, the most first."""
    points: dict[str, int] = defaultdict(int)
    times: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.kind == TransferKind.AWARD:
            points[row.rule_key] += row.earned
            times[row.rule_key] += row.times
    names = dict(EarningRule.objects.in_force().values_list("key", "name"))
    every = sum(points.values())
    return [
        RuleRow(key, translated(names.get(key, key)), times[key], points[key], round(100 * points[key] / every) if every > 0 else 0)
        for key in sorted(points, key=lambda key: (-points[key], key))
    ]  # fmt: skip


def waiting_by_rule() -> list[tuple[str, int, int]]:
    """Return what is on its way by rule: its name, how many awards, how many points."""
    rows = PendingAward.objects.filter(state=PendingState.WAITING, rule__programme_id=MAIN).values_list(
        "rule__name"
    )
    sums = rows.annotate(n=Count("pk"), points=Sum("points")).order_by("-points", "rule__name")
    return [(translated(name), n, int(points)) for name, n, points in sums]
