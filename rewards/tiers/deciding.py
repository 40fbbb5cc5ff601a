"""Where a member goes from where they stand: up at once, down one tier at a time after a grace, or not at all."""

import datetime as dt
from dataclasses import dataclass

from rewards.tiers.models import Tier, TierRules


@dataclass(frozen=True, slots=True)
class Decision:
    """The tier to be in, by place; until when it is kept though points fall short; whether that begins now."""

    place: int
    grace_until: dt.datetime | None = None
    grace_begins: bool = False


def place_of(tiers: list[Tier], points: int) -> int:
    """Return the place of the highest tier (lowest first) that points reach; -1 for none."""
    return sum(points >= tier.threshold for tier in tiers) - 1


def decide(
    rules: TierRules,
    tiers: list[Tier],
    *,
    here: int,
    points: int,
    grace_until: dt.datetime | None,
    now: dt.datetime,
) -> Decision:
    """Return where somebody at place `here` belongs. Only a correction takes a tier at once: it was not earned."""
    deserved = place_of(tiers, points)
    if deserved >= here or not rules.is_windowed:
        return Decision(max(deserved, 0))
    if not rules.may_fall or tiers[here].is_kept:
        return Decision(here)
    if rules.grace_days and grace_until is None:
        return Decision(here, now + dt.timedelta(days=rules.grace_days), grace_begins=True)
    if grace_until is not None and now < grace_until:
        return Decision(here, grace_until)
    return Decision(here - 1)
