"""Which lines of a statement are wanted: the same few names in the page's address, in the table and in the API."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.http import urlencode

from rewards.points.models import EarningRule, Transfer, TransferKind

KINDS: dict[str, Q] = {
    "earned": Q(kind=TransferKind.AWARD),
    "taken_back": Q(kind=TransferKind.REVERSAL),
    "corrected": Q(kind=TransferKind.ADJUSTMENT),
    "spent": Q(kind=TransferKind.SPENDING),
    "expired": Q(kind=TransferKind.EXPIRY),
}
# What is set aside moved nothing, so it has lines of its own.
HELD = "held"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a statement is narrowed to; nothing is everything. Days are UTC, both among those wanted."""

    kind: str = ""
    rule: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Wanted":
        """Read what an address says. What cannot be is left out, so that an old or broken link shows more, not less."""
        kind, rule = asked.get("kind", ""), asked.get("rule", "")
        known = kind in KINDS or kind == HELD
        return cls(kind if known else "", _key(rule), _day(asked.get("from", "")), _day(asked.get("to", "")))

    def __bool__(self) -> bool:
        return any((self.kind, self.rule, self.since, self.until))

    @property
    def query(self) -> str:
        """What stands in the address for this; empty for everything."""
        names = {
            "kind": self.kind,
            "rule": self.rule,
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
        }
        return urlencode({name: value for name, value in names.items() if value})

    def narrow(self, rows: QuerySet[Transfer]) -> QuerySet[Transfer]:
        """Return those of the transfers that are wanted."""
        if self.kind:
            rows = rows.filter(KINDS[self.kind]) if self.kind in KINDS else rows.none()
        if self.rule:
            rows = rows.filter(rule_key=self.rule)
        if self.since:
            rows = rows.filter(day__gte=self.since)
        if self.until:
            rows = rows.filter(day__lte=self.until)
        return rows


def rules_to_choose() -> list[tuple[str, str]]:
    """Return the rules that a statement can be narrowed to: key and name as it is in force, in their order."""
    rules = EarningRule.objects.in_force().order_by("position", "key")
    return list(rules.values_list("key", "name"))


def _key(typed: str) -> str:
    return (
        typed
        if len(typed) <= 40 and typed.replace("-", "").replace("_", "").isalnum() and typed.isascii()
        else ""
    )


def _day(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed) if len(typed) == 10 else None
    except ValueError:
        return None
