"""What is kept how long: each feature names it in its `retention.py`, and the clock removes what is old, a little at a time.

A rule says which rows are old at a moment. The same rows are counted before a manager changes a number and removed by the
worker, so that what was announced is what goes. Whatever somebody still has to decide about is held: features say so by
`add_hold`, and import none of those they hold for.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from community.numbers.number import Number

Rows = Callable[[dt.datetime], "QuerySet[Any]"]


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One kind of thing that ends by itself. `keeps` is a number managers may change, or a span that is fixed by what it is for.

    `rows` are those that go when everything before a moment does; `age` is the column they are taken by, oldest first.
    `remove` is for what is more than a row: it is given keys that are locked, and returns how many went.
    """

    key: str
    title: "str | Promise"
    what: "str | Promise"
    keeps: "Number | dt.timedelta"
    rows: Rows
    age: str
    spared: "str | Promise" = ""
    remove: Callable[[list[Any]], int] | None = None
    order: int = 100

    def span(self) -> dt.timedelta:
        """How long things are kept now."""
        return self.keeps if isinstance(self.keeps, dt.timedelta) else self.keeps.span()

    def old(self, *, span: dt.timedelta | None = None, at: dt.datetime | None = None) -> "QuerySet[Any]":
        """Return what goes at a moment, by the span in force or another."""
        return self.rows((at or timezone.now()) - (self.span() if span is None else span))


_rules: dict[str, RetentionRule] = {}
_holds: dict[str, list[Callable[[], Q]]] = {}


def add_rule(rule: RetentionRule) -> RetentionRule:
    """Let a feature say what ends by itself. Called at import by its `retention.py`."""
    if rule.key in _rules:
        raise RuntimeError(f"retention rule {rule.key!r} is there twice")
    _rules[rule.key] = rule
    return rule


def all_rules() -> list[RetentionRule]:
    """Return every rule, in the order in which they are shown and applied."""
    return sorted(_rules.values(), key=lambda rule: (rule.order, rule.key))


def add_hold(model: str, held: Callable[[], Q]) -> None:
    """Hold rows of a model (`"threads.Post"`) that meet a condition, whoever's rule would remove them."""
    _holds.setdefault(model.lower(), []).append(held)


def without_held(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Leave out what something holds, such as a post that an open case is about."""
    conditions: Iterable[Callable[[], Q]] = _holds.get(rows.model._meta.label_lower, ())
    for held in conditions:
        rows = rows.exclude(held())
    return rows
