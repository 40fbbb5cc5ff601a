"""The till: pays awards within the limits and takes them back, on locked accounts."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from rewards.points.book import Book
from rewards.points.earning.caps import Caps, Day, day_of
from rewards.points.earning.history import History
from rewards.points.earning.touches import Source
from rewards.points.models import EarningRule, Transfer, TransferKind

AWARD_SCOPE = "award"


class Till:
    """One book, the limits of the days concerned, and what was awarded before."""

    def __init__(
        self,
        member_ids: set[int],
        *,
        days: Iterable[dt.date],
        sources: Iterable[Source],
        rules: Iterable[EarningRule],
    ) -> None:
        self.book = Book(member_ids)
        # Read only now, behind the locks: nobody can pay these members meanwhile.
        wanted: set[Day] = {(member, day) for member in member_ids for day in days}
        self._caps = Caps(wanted)
        once = [rule.key for rule in rules if rule.parsed_conditions.once]
        self.history = History(sources, once, member_ids)

    def pay(
        self,
        rule: EarningRule,
        member_id: int,
        source: Source,
        *,
        occurred_at: dt.datetime,
        post_id: int | None = None,
        giver_id: int | None = None,
        **fields: object,
    ) -> Transfer | None:
        """Award what `rule` gives, trimmed to the room left that day. None when it was paid before or nothing fits."""
        once = rule.parsed_conditions.once
        if self.history.holds(rule.key, source, member_id, once=once) or not in_window(rule, occurred_at):
            return None
        day = (member_id, day_of(occurred_at))
        points = self._caps.fit(rule, day, post_id=post_id, giver_id=giver_id)
        if points < 1:
            return None
        self._caps.add(rule, day, points, post_id=post_id, giver_id=giver_id)
        transfer = self.book.issue(
            member_id,
            earned=points,
            spendable=points,
            asked=rule.points,
            kind=TransferKind.AWARD,
            rule=rule,
            rule_key=rule.key,
            source_type=source[0],
            source_id=source[1],
            round=self.history.round(rule.key, source, member_id),
            scope=AWARD_SCOPE,
            key=self._key(rule, source, member_id, once=once),
            memo=rule.name,
            occurred_at=occurred_at,
            post_id=post_id,
            giver_id=giver_id,
            **fields,
        )
        self.history.add(transfer)
        return transfer

    def _key(self, rule: EarningRule, source: Source, member_id: int, *, once: bool) -> str:
        if once:
            return f"{rule.key}:once:{member_id}:{self.history.once_round(rule.key, member_id)}"
        before = self.history.round(rule.key, source, member_id)
        return f"{rule.key}:{source[0]}:{source[1]}:{member_id}:{before}"

    def take_back(self, transfer: Transfer, *, memo: str, **fields: Any) -> Transfer:
        """Reverse an award."""
        self.history.forget(transfer)
        return self.book.reverse(transfer, memo=memo, **fields)


def in_window(rule: EarningRule, moment: dt.datetime) -> bool:
    """Return whether a rule pays for what happened at `moment`."""
    return (
        rule.is_active
        and (rule.active_from is None or moment >= rule.active_from)
        and (rule.active_to is None or moment < rule.active_to)
    )
