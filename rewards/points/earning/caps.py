"""Daily limits: what a member earned on a day already, and how much of an award still fits."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db.models import Count

from rewards.points.earning.brand_events import EVENT
from rewards.points.earning.misses import Outcome
from rewards.points.limits import DAILY_CAP
from rewards.points.models import MAIN, EarningRule, PendingAward, PendingState, Transfer, TransferKind

Day = tuple[int, dt.date]
# How many days "in 30 days from the same person" looks back, the day itself included.
MONTH = 30


def daily_cap() -> int:
    """Return how many points one member earns in a day at most, exempt rules aside."""
    return DAILY_CAP()


def day_of(moment: dt.datetime) -> dt.date:
    """Return the day that a moment counts for (UTC, the same for everyone)."""
    return moment.astimezone(dt.UTC).date()


class Caps:
    """What was awarded on the days in question, or is on its way. What was taken back still counts: room is not won by undoing.

    `without` leaves out one rule: for trying what another version of it would have paid.
    """

    def __init__(self, days: Iterable[Day], rules: Iterable[EarningRule] = (), without: str = "") -> None:
        self._capped: Counter[tuple[Day, str]] = Counter()
        self._times: Counter[tuple[Day, str]] = Counter()
        self._by_post: Counter[tuple[Day, str, int | None]] = Counter()
        self._by_pair: Counter[tuple[Day, str, int | None]] = Counter()
        self._without = without
        self._monthly = [r.key for r in rules if r.per_pair_month is not None and r.key != without]
        self._known: set[Day] = set()
        self.read(days)

    def read(self, days: Iterable[Day]) -> None:
        """Read what counts for days not read yet."""
        wanted = set(days) - self._known
        if not wanted:
            return
        self._known |= wanted
        members, dates = {member for member, _day in wanted}, {day for _member, day in wanted}
        paid = Transfer.objects.filter(kind=TransferKind.AWARD, member_id__in=members, day__in=dates)
        # What is left of an award after a refund was counted with it.
        paid = paid.exclude(source_type=EVENT, round__gt=0)
        # An award is of the programme of its rule, which no version changes.
        rows = ("member_id", "day", "rule_key", "{}", "post_id", "giver_id")
        of_rule = ("rule__counts_to_cap", "rule__programme_id")
        pending = PendingAward.objects.filter(member_id__in=members, day__in=dates).exclude(
            state=PendingState.PAID
        )
        for found, points in ((paid, "earned"), (pending, "points")):
            for member, day, key, earned, post, giver, counts, programme in found.values_list(
                *(name.format(points) for name in rows), *of_rule
            ):
                if (member, day) in wanted and key != self._without:
                    self._capped[(member, day), programme or MAIN] += earned if counts else 0
                    self._count((member, day), key, post, giver)
        if self._monthly:
            self._read_month(members, dates)

    def _read_month(self, members: set[int], dates: set[dt.date]) -> None:
        """Read who gave how often on the days before, for rules that look back so far."""
        asked = {
            "member_id__in": members,
            "rule_key__in": self._monthly,
            "giver_id__isnull": False,
            "day__gt": min(dates) - dt.timedelta(days=MONTH),
            "day__lte": max(dates),
        }
        paid = Transfer.objects.filter(kind=TransferKind.AWARD, **asked)
        pending = PendingAward.objects.filter(**asked).exclude(state=PendingState.PAID)
        for found in (paid, pending):
            rows = found.order_by().values_list("member_id", "day", "rule_key", "giver_id")
            for member, day, key, giver, times in rows.annotate(n=Count("pk")):
                if (member, day) not in self._known:
                    self._by_pair[(member, day), key, giver] += times

    def _count(self, day: Day, rule_key: str, post: int | None, giver: int | None) -> None:
        self._times[day, rule_key] += 1
        self._by_post[day, rule_key, post] += 1
        self._by_pair[day, rule_key, giver] += 1

    def earned(self, day: Day, programme: str = MAIN) -> int:
        """Return how many points count towards the limit of a day; each programme has its own."""
        return self._capped[day, programme]

    def fit(
        self, rule: EarningRule, day: Day, asked: int, *, post_id: int | None, giver_id: int | None
    ) -> tuple[int, Outcome]:
        """Return how many of the points asked for fit into the day, and when none do, which limit is in the way."""
        if rule.per_day is not None and self._times[day, rule.key] >= rule.per_day:
            return 0, Outcome.RULE_FULL
        if rule.per_post_day is not None and self._by_post[day, rule.key, post_id] >= rule.per_post_day:
            return 0, Outcome.POST_FULL
        if giver_id is not None and self._pair_is_full(rule, day, giver_id):
            return 0, Outcome.PAIR_FULL
        if not rule.counts_to_cap:
            return asked, Outcome.PAYS
        points = max(0, min(asked, daily_cap() - self.earned(day, rule.programme_id)))
        return points, Outcome.PAYS if points else Outcome.DAY_FULL

    def _pair_is_full(self, rule: EarningRule, day: Day, giver_id: int) -> bool:
        if rule.per_pair_day is not None and self._by_pair[day, rule.key, giver_id] >= rule.per_pair_day:
            return True
        if rule.per_pair_month is None:
            return False
        member, date = day
        days = ((member, date - dt.timedelta(days=n)) for n in range(MONTH))
        return sum(self._by_pair[one, rule.key, giver_id] for one in days) >= rule.per_pair_month

    def add(
        self, rule: EarningRule, day: Day, earned: int, *, post_id: int | None, giver_id: int | None
    ) -> None:
        """Count an award that is being written."""
        self._capped[day, rule.programme_id] += earned if rule.counts_to_cap else 0
        self._count(day, rule.key, post_id, giver_id)
