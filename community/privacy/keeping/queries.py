"""What would go: counted up to a bound by the very rows that are removed, never over a whole table."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from community.numbers.number import Number, Unusable
from community.numbers.permissions import can_change_numbers
from community.numbers.queries import Shown, get_number_for
from community.numbers.units import Unit, with_groups
from community.privacy.models import RetentionRun
from community.retention import RetentionRule, all_rules

if TYPE_CHECKING:
    from community.members.models import Member

# From here on it only matters that there are many.
COUNTED = 10_000
AHEAD = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one rule would remove now and within thirty days, of about how many, and what it did remove lately."""

    rule: RetentionRule
    now: int
    soon: int
    total: int
    lately: int

    @property
    def now_text(self) -> str:
        """How many go now, in words: `1,204`, or `10,000+`."""
        return say_count(self.now)

    @property
    def soon_text(self) -> str:
        """How many go within thirty days, those that go now among them."""
        return say_count(self.soon)

    @property
    def total_text(self) -> str:
        """About how many there are."""
        return with_groups(self.total)


@dataclass(slots=True)
class Keeping:
    """A number and the rules that obey it, or rules whose span is fixed. `typed` is what is tried instead."""

    shown: Shown | None
    typed: str = ""
    error: str = ""
    span: dt.timedelta = dt.timedelta(0)
    forecasts: list[Forecast] = field(default_factory=list)

    @property
    def fixed_text(self) -> str:
        """How long, where nobody may change it."""
        if not self.span:
            return _("until it runs out")
        if self.span < dt.timedelta(days=2):
            return Unit.HOURS.say(round(self.span.total_seconds() / 3600))
        return Unit.DAYS.say(self.span.days)


def say_count(count: int) -> str:
    """Return a count as people read it; of more than are counted, only that there are more."""
    return f"{with_groups(COUNTED)}+" if count > COUNTED else with_groups(count)


def numbers_of_rules() -> dict[str, Number]:
    """Return every number that says how long something is kept, by key."""
    return {rule.keeps.key: rule.keeps for rule in all_rules() if isinstance(rule.keeps, Number)}


def forecast_for(actor: "Member", typed: Mapping[str, str]) -> list[Keeping]:
    """Return what each rule would remove, by the numbers in force or those typed. Nothing is changed. Raises `Refused`."""
    can_change_numbers(actor).require()
    lately = dict(
        RetentionRun.objects.filter(day__gte=timezone.now().date() - AHEAD)
        .values("rule")
        .annotate(gone=Sum("removed"))
        .values_list("rule", "gone")
    )
    totals = _totals({rule.old().model._meta.db_table for rule in all_rules()})
    found: dict[object, Keeping] = {}
    for rule in all_rules():
        mark = rule.keeps.key if isinstance(rule.keeps, Number) else rule.keeps
        if mark not in found:
            found[mark] = _keeping(actor, rule, typed)
        one = found[mark]
        one.forecasts.append(_forecast(rule, one.span, lately.get(rule.key, 0), totals))
    return list(found.values())


def _keeping(actor: "Member", rule: RetentionRule, typed: Mapping[str, str]) -> Keeping:
    if not isinstance(rule.keeps, Number):
        return Keeping(None, span=rule.span())
    shown = get_number_for(actor, rule.keeps.key)
    text = typed.get(rule.keeps.key, shown.texts[0]).strip()
    try:
        return Keeping(shown, text, span=rule.keeps.unit.span(rule.keeps.read(text)))
    except Unusable as error:
        return Keeping(shown, text, error.message, rule.span())


def _forecast(rule: RetentionRule, span: dt.timedelta, lately: int, totals: Mapping[str, int]) -> Forecast:
    now = timezone.now()
    gone, soon = count_some(rule.old(span=span, at=now)), count_some(rule.old(span=span, at=now + AHEAD))
    total = totals.get(rule.old().model._meta.db_table, 0)
    return Forecast(rule, gone, soon, max(total, soon), lately)


def count_some(rows: "QuerySet[Any]") -> int:
    """Count rows, at most one more than `COUNTED`."""
    return rows.order_by()[: COUNTED + 1].count()


def _totals(tables: set[str]) -> dict[str, int]:
    """Return about how many rows tables have, as Postgres last noticed: a real count would read all of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, greatest(reltuples, 0)::bigint FROM pg_class"
            " WHERE relname = ANY(%s) AND relkind = 'r' AND relnamespace = current_schema()::regnamespace",
            [sorted(tables)],
        )
        return dict(cursor.fetchall())
