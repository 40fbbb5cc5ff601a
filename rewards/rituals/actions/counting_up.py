"""Keeping rhythms up to date, and saying a calm word when a length is reached for the first time."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from community.activity.one_row import hold_row, read_row
from community.activity.record import Happening, record_many
from community.members.models import Member
from community.notifications.zones import zone_of
from rewards.rituals.counting import settle_cells, settle_members
from rewards.rituals.greeting import NewGreeting, note_greetings
from rewards.rituals.limits import MILESTONES, NEWS_DAYS
from rewards.rituals.models import Ritual, RitualRules, StreakPeriod
from rewards.rituals.runs import walk
from rewards.rituals.verbs import STREAK_REACHED

CHUNK = 500


@transaction.atomic
def settle_rhythms(
    *, moments: Mapping[int, Iterable[dt.datetime]], wholly: Iterable[int] = (), quiet: bool = False
) -> int:
    """Count again around moments of some members, and everything of others (`wholly`). Returns of how many it differed."""
    changed = settle_cells(moments) | settle_members(wholly)
    _mark(changed, quiet=quiet)
    return len(changed)


def recount_rhythms(*, quiet: bool = False) -> int:
    """Count everybody's rhythm again, a bounded number of members at a time. Returns of how many something differed."""
    differed, after = 0, 0
    while people := list(
        Member.objects.get_queryset().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:CHUNK]
    ):
        with transaction.atomic():
            differed += len(settle_members(people))
            _mark(people, quiet=quiet)
        after = people[-1]
    return differed


def recount_by_new_rules() -> bool:
    """Count everybody after the rules were changed, telling nobody what they reached by that. Returns whether it was due."""
    rules = read_row(RitualRules)
    if rules.counted_at is not None:
        return False
    recount_rhythms(quiet=True)
    with transaction.atomic():
        fresh = hold_row(RitualRules)
        # Changed once more meanwhile: the next ring counts by that.
        if _counts_by(fresh) == _counts_by(rules):
            fresh.counted_at = timezone.now()
            fresh.save(update_fields=["counted_at"])
    return True


def _counts_by(rules: RitualRules) -> tuple[object, ...]:
    return rules.streaks_on, rules.unit, rules.freezes, rules.floor, rules.least_characters


def _mark(member_ids: Iterable[int], *, quiet: bool) -> None:
    """Note the lengths that were reached for the first time; what was reached long ago, or by history, is not told."""
    rules = read_row(RitualRules)
    made = note_greetings(_reached(rules, list(member_ids)))
    if quiet or rules.counted_at is None:
        return
    oldest = timezone.now().date() - dt.timedelta(days=NEWS_DAYS)
    told = [_happening(it, rules.unit) for it in _highest(made) if it.day >= oldest]
    if told:
        record_many(told, quiet=False)


def _reached(rules: RitualRules, member_ids: list[int]) -> list[NewGreeting]:
    """Return every length worth a word that these members ever reached."""
    counted: dict[int, list[dt.date]] = {}
    rows = StreakPeriod.objects.filter(member_id__in=member_ids)
    for pk, day in rows.values_list("member_id", "starts_on"):
        counted.setdefault(pk, []).append(day)
    lengths = MILESTONES[rules.unit]
    # Fewer than the first length need no look at the clock.
    long = [pk for pk, days in counted.items() if len(days) >= lengths[0]]
    found: list[NewGreeting] = []
    for member in Member.objects.get_queryset().filter(pk__in=long).only("pk", "time_zone"):
        today = timezone.now().astimezone(zone_of(member)).date()
        first = walk(counted[member.pk], unit=rules.unit, freezes=rules.freezes, today=today).first_at
        found += [
            NewGreeting(member.pk, Ritual.STREAK, f"{rules.unit}-{number}", first[number])
            for number in lengths
            if number in first
        ]
    return found


def _happening(greeting: NewGreeting, unit: str) -> Happening:
    number = int(greeting.period.partition("-")[2])
    return Happening(
        verb=STREAK_REACHED,
        actor_id=greeting.member_id,
        target_type=Member._meta.label_lower,
        target_pk=greeting.member_id,
        payload={"member_id": greeting.member_id, "number": number, "unit": unit},
        occurred_at=timezone.now(),
    )


def _highest(made: Iterable[NewGreeting]) -> list[NewGreeting]:
    """Of several lengths that a member reached at once, the longest is the news."""
    best: dict[int, NewGreeting] = {}
    for it in made:
        known = best.get(it.member_id)
        if known is None or known.day < it.day:
            best[it.member_id] = it
    return list(best.values())
