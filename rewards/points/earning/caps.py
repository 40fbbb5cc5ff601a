"""Daily limits: what a member earned on a day already, and how much of an award still fits."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from rewards.points.limits import DAILY_CAP
from rewards.points.models import EarningRule, Transfer, TransferKind

Day = tuple[int, dt.date]


def daily_cap() -> int:
    """Return how many points one member earns in a day at most, exempt rules aside."""
    return DAILY_CAP()


def day_of(moment: dt.datetime) -> dt.date:
    """Return the day that a moment counts for (UTC, the same for everyone)."""
    return moment.astimezone(dt.UTC).date()


class Caps:
    """What was awarded on the days in question. An award that was taken back still counts: room is not won by undoing."""

    def __init__(self, days: Iterable[Day]) -> None:
        wanted = set(days)
        self._capped: Counter[Day] = Counter()
        self._times: Counter[tuple[Day, str]] = Counter()
        self._by_post: Counter[tuple[Day, str, int | None]] = Counter()
        self._by_pair: Counter[tuple[Day, str, int | None]] = Counter()
        if not wanted:
            return
        rows = Transfer.objects.filter(
            kind=TransferKind.AWARD,
            member_id__in={member for member, _day in wanted},
            day__in={day for _member, day in wanted},
        ).values_list("member_id", "day", "rule_key", "earned", "post_id", "giver_id", "rule__counts_to_cap")
        for member, day, rule_key, earned, post, giver, counts in rows:
            if (member, day) in wanted:
                self._count((member, day), rule_key, earned, post, giver, counts)

    def _count(
        self, day: Day, rule_key: str, earned: int, post: int | None, giver: int | None, counts: bool
    ) -> None:
        self._capped[day] += earned if counts else 0
        self._times[day, rule_key] += 1
        self._by_post[day, rule_key, post] += 1
        self._by_pair[day, rule_key, giver] += 1

    def earned(self, day: Day) -> int:
        """Return how many points count towards the limit of a day."""
        return self._capped[day]

    def fit(self, rule: EarningRule, day: Day, *, post_id: int | None, giver_id: int | None) -> int:
        """Return how many points of an award by `rule` fit into the day: all, some or none."""
        full = (
            (rule.per_day is not None and self._times[day, rule.key] >= rule.per_day)
            or (rule.per_post_day is not None and self._by_post[day, rule.key, post_id] >= rule.per_post_day)
            or (
                rule.per_pair_day is not None
                and giver_id is not None
                and self._by_pair[day, rule.key, giver_id] >= rule.per_pair_day
            )
        )
        if full:
            return 0
        if not rule.counts_to_cap:
            return rule.points
        return max(0, min(rule.points, daily_cap() - self._capped[day]))

    def add(
        self, rule: EarningRule, day: Day, earned: int, *, post_id: int | None, giver_id: int | None
    ) -> None:
        """Count an award that is being written."""
        self._count(day, rule.key, earned, post_id, giver_id, rule.counts_to_cap)
