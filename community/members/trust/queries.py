"""Reading trust: where a member stands, what is missing to the next level, and what each level asks and opens."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from community.errors import NotFound
from community.members.models import Member, TrustRecord
from community.members.queries import get_member_for
from community.members.trust import limits
from community.members.trust.facts import PENALTIES, facts_of
from community.members.trust.marks import (
    HIGHEST,
    Mark,
    level_name,
    marks_of,
    say_asked,
    say_missing,
    say_period,
)
from community.members.trust.permissions import can_see_trust
from community.members.trust.rights import Widening, rights_at, widenings
from community.members.trust.rule import REGULAR


@dataclass(frozen=True, slots=True)
class MarkShown:
    """One mark as a member reads it: what it asks, over which time, what they have, and the exact gap."""

    fact: str
    asked: str
    period: str
    have: int
    need: int
    missing: int
    gap: str


@dataclass(frozen=True, slots=True)
class LevelShown:
    """One level: its name, its marks, and what opens with it."""

    level: int
    name: str
    marks: list[MarkShown]
    rights: list[str]


@dataclass(frozen=True, slots=True)
class TrustPage:
    """Where one member stands. `next` is None where only the team can give more."""

    member: Member
    level: int
    name: str
    rights: list[str]
    next: LevelShown | None
    is_locked: bool
    is_given: bool
    reason: str
    customer_source: str
    penalties: int
    keeps_until: dt.datetime | None

    @property
    def gaps(self) -> list[str]:
        """What is missing, mark by mark."""
        return [mark.gap for mark in self.next.marks if mark.missing] if self.next else []


@dataclass(frozen=True, slots=True)
class LevelsPage:
    """How trust grows here, with the numbers in force."""

    levels: list[LevelShown]
    names: list[str]
    widenings: list[Widening]
    window: str
    grace: int
    keep: int
    clean: int


def get_trust_for(viewer: Member, handle: str) -> TrustPage:
    """Return how a member stands, if `viewer` may know. Raises `NotFound` otherwise."""
    member = get_member_for(viewer, handle)
    if not can_see_trust(viewer, member):
        raise NotFound()
    return trust_of(member)


def trust_of(member: Member) -> TrustPage:
    """Return how a member stands, counted now: the level itself may follow within the hour."""
    since = timezone.now() - limits.WINDOW.span()
    facts = facts_of([member.pk], since)[member.pk]
    held = TrustRecord.objects.filter(pk=member.pk).first()
    is_locked = held is not None and held.is_locked
    onward = member.trust_level + 1
    return TrustPage(
        member=member,
        level=member.trust_level,
        name=level_name(member.trust_level),
        rights=[words for level in range(member.trust_level + 1) for words in rights_at(level)],
        next=None if is_locked or onward > REGULAR else _shown(onward, facts),
        is_locked=is_locked,
        is_given=held is not None and held.set_at is not None and held.floor >= member.trust_level,
        reason=held.reason if held else "",
        customer_source=held.customer_source if held else "",
        penalties=facts.get(PENALTIES, 0),
        keeps_until=held.below_since + limits.GRACE.span() if held and held.below_since else None,
    )


def list_levels() -> LevelsPage:
    """Return every level with what it asks and opens, as in force now."""
    levels = [_shown(level, {}) for level in range(HIGHEST + 1)]
    return LevelsPage(
        levels=levels,
        names=[level.name for level in levels],
        widenings=widenings(),
        window=say_period(marks_of(REGULAR)[0]),
        grace=limits.GRACE(),
        keep=limits.KEEP(),
        clean=limits.CLEAN(),
    )


def _shown(level: int, facts: dict[str, int]) -> LevelShown:
    marks = [_mark(mark, facts) for mark in marks_of(level) if mark.number()]
    return LevelShown(level, level_name(level), marks, rights_at(level))


def _mark(mark: Mark, facts: dict[str, int]) -> MarkShown:
    missing = mark.missing(facts)
    return MarkShown(
        fact=mark.fact,
        asked=say_asked(mark),
        period=say_period(mark),
        have=facts.get(mark.fact, 0),
        need=mark.number(),
        missing=missing,
        gap=say_missing(mark, missing),
    )
