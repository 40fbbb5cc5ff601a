"""A member's own rhythm, explained week by week."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Q, When
from django.db.models.functions import Length, TruncDay, TruncWeek
from django.utils import timezone

from community.activity.one_row import read_row
from community.members.models import Block, Member
from community.notifications.zones import zone_of
from community.threads.models import Post, State
from rewards.rituals.counting import meets_floor
from rewards.rituals.limits import EXPLAINED
from rewards.rituals.models import RitualChoices, RitualRules, StreakPeriod
from rewards.rituals.permissions import has_rhythm
from rewards.rituals.runs import Walk, period_of, step_of, walk


@dataclass(frozen=True, slots=True)
class Period:
    """One week, or day: `state` is counted, open (it still runs), spare (bridged), missed, or before (the first that counted).

    `counted` of the member's posts counted; `short` stand and do not count yet; `removed` stand no more.
    """

    starts_on: dt.date
    ends_on: dt.date
    state: str
    counted: int
    short: int
    removed: int


@dataclass(frozen=True, slots=True)
class RhythmPage:
    """A member's rhythm. `is_fresh` is false while everybody is counted by changed rules."""

    rules: RitualRules
    choices: RitualChoices
    is_on: bool
    is_fresh: bool
    current: int
    longest: int
    spare_left: int
    periods: list[Period]


def choices_of(member: Member) -> RitualChoices:
    """Return what a member chose, or the defaults."""
    return RitualChoices.objects.filter(member=member).first() or RitualChoices(member=member)


def walk_of(member: Member, rules: RitualRules) -> tuple[Walk, dict[dt.date, int]]:
    """Return how a member's weeks add up today, on their own clock, and how much counted in each."""
    counted = dict(StreakPeriod.objects.filter(member=member).values_list("starts_on", "contributions"))
    today = _today(member)
    return walk(counted, unit=rules.unit, freezes=rules.freezes, today=today), counted


def get_rhythm(member: Member) -> RhythmPage:
    """Return a member's rhythm and why each of the last weeks counted or did not."""
    rules, choices = read_row(RitualRules), choices_of(member)
    is_on = rules.streaks_on and choices.counts_streak and has_rhythm(member)
    if not is_on:
        return RhythmPage(rules, choices, False, True, 0, 0, 0, [])
    found, counted = walk_of(member, rules)
    return RhythmPage(
        rules=rules,
        choices=choices,
        is_on=True,
        is_fresh=rules.counted_at is not None,
        current=found.current,
        longest=found.longest,
        spare_left=found.left,
        periods=_explain(member, rules, found, counted),
    )


def shown_rhythm_of(member: Member) -> tuple[int, str]:
    """Return how many weeks in a row a member shows to others, and whether these are weeks or days; 0 for nothing."""
    choices = RitualChoices.objects.filter(member=member, shows_streak=True, counts_streak=True)
    if not (has_rhythm(member) and choices.exists()):
        return 0, ""
    rules = read_row(RitualRules)
    if not rules.streaks_on:
        return 0, ""
    return walk_of(member, rules)[0].current, rules.unit


def birthday_for(viewer: Member | None, member: Member) -> tuple[int, int] | None:
    """Return (month, day) of a member's birthday, when they let this reader see it."""
    if viewer is None:
        return None
    choices = choices_of(member)
    if choices.birth_day is None or choices.birth_month is None:
        return None
    own = viewer.pk == member.pk
    if not own and (not choices.shows_birthday or member.hides_profile or not member.is_active):
        return None
    if not own and Block.objects.filter(blocker=member, blocked=viewer).exists():
        return None
    return choices.birth_month, choices.birth_day


def _today(member: Member) -> dt.date:
    return timezone.now().astimezone(zone_of(member)).date()


def _explain(member: Member, rules: RitualRules, found: Walk, counted: dict[dt.date, int]) -> list[Period]:
    step, now = step_of(rules.unit), period_of(_today(member), rules.unit)
    first = min(counted, default=now)
    starts = [start for n in range(EXPLAINED) if (start := now - n * step) >= first or n == 0]
    posts = _posts(member, rules, starts)
    return [
        Period(
            starts_on=start,
            ends_on=start + step - dt.timedelta(days=1),
            state=_state(start, now, found, counted),
            counted=counted.get(start, 0),
            short=posts[start][0],
            removed=posts[start][1],
        )
        for start in starts
    ]


def _state(start: dt.date, now: dt.date, found: Walk, counted: Iterable[dt.date]) -> str:
    if start in counted:
        return "counted"
    if start == now:
        return "open"
    return "spare" if start in found.frozen else "missed"


def _posts(member: Member, rules: RitualRules, starts: list[dt.date]) -> dict[dt.date, tuple[int, int]]:
    """Return by period how many posts of a member stand and do not count, and how many stand no more."""
    zone = zone_of(member)
    since = dt.datetime.combine(min(starts), dt.time(), zone)
    trunc = TruncWeek if rules.unit == "week" else TruncDay
    rows = (
        Post.objects.filter(author=member, created_at__gte=since)
        .annotate(letters=Length("body_md"))
        .annotate(counts=Case(When(meets_floor(rules), then=1), default=0))
        .annotate(start=trunc("created_at", tzinfo=zone))
        .order_by()
        .values("start")
        .annotate(
            short=Count("pk", filter=Q(state=State.VISIBLE, counts=0)),
            removed=Count("pk", filter=~Q(state=State.VISIBLE)),
        )
    )
    found: dict[dt.date, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in rows:
        found[row["start"].date()] = row["short"], row["removed"]
    return found
