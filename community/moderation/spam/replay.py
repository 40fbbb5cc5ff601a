"""What the last thirty days would have been with other weights and thresholds. Nothing is written."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import Member
from community.moderation.models import Band, Judgement, Outcome
from community.moderation.spam.limits import HOLD_AT, QUEUE_AT, WEIGHTS
from community.moderation.spam.signals import band_of, score_of
from community.numbers.number import Number, Unusable
from community.numbers.permissions import can_change_numbers
from community.spaces.models import Space

DAYS = 30
MOST_READ, MOST_SHOWN = 20_000, 60


@dataclass(frozen=True, slots=True)
class Line:
    """One text whose lot would have been another, or that would have waited."""

    judgement: Judgement
    score: int
    band: Band


@dataclass(slots=True)
class Replay:
    """How often what would have happened, and what the team had found about those texts."""

    looked_at: int = 0
    # By band: how many, how many of them the team found fine, how many not wanted.
    would: dict[Band, list[int]] = field(default_factory=lambda: {band: [0, 0, 0] for band in Band})
    did: dict[Band, int] = field(default_factory=lambda: dict.fromkeys(Band, 0))
    lines: list[Line] = field(default_factory=list)
    is_cut: bool = False


def all_spam_numbers() -> dict[str, Number]:
    """Return the thresholds and weights by key."""
    return {number.key: number for number in (HOLD_AT, QUEUE_AT, *WEIGHTS.values())}


def check_numbers(raw: Mapping[str, object]) -> dict[str, int]:
    """Return all thresholds and weights, with those given in place of those in force. Raises `Invalid` by key."""
    values, wrong = {}, {}
    for key, number in all_spam_numbers().items():
        try:
            values[key] = number.read(raw[key]) if key in raw else number()
        except Unusable as error:
            wrong[key] = error.message
    if not wrong and values[QUEUE_AT.key] > values[HOLD_AT.key]:
        wrong[QUEUE_AT.key] = _("This must not be more than the score from which a text waits.")
    if wrong:
        raise Invalid("numbers_unusable", _("Some numbers need another look."), fields=wrong)
    return values


def replay(actor: Member, values: Mapping[str, int], *, now: dt.datetime | None = None) -> Replay:
    """Count what would have happened, from the signs that were kept. Texts are shown only from spaces `actor` may read.

    Raises `Refused`.
    """
    can_change_numbers(actor).require()
    weights = {name: values[number.key] for name, number in WEIGHTS.items()}
    hold_at, queue_at = values[HOLD_AT.key], values[QUEUE_AT.key]
    since = (now or timezone.now()) - dt.timedelta(days=DAYS)
    readable = set(Space.objects.visible_to(actor).values_list("pk", flat=True))
    found = Replay()
    rows = Judgement.objects.filter(created_at__gt=since).select_related("author").order_by("-created_at")
    for judgement in rows[:MOST_READ]:
        score = score_of(judgement.signals, weights)
        band = band_of(score, hold_at, queue_at)
        found.looked_at += 1
        found.did[Band(judgement.band)] += 1
        tally = found.would[band]
        tally[0] += 1
        tally[1] += judgement.outcome == Outcome.FINE
        tally[2] += judgement.outcome == Outcome.BAD
        if judgement.space_id in readable and (band != Band.PASS or band != judgement.band):
            found.lines.append(Line(judgement, score, band))
    found.is_cut = found.looked_at == MOST_READ
    found.lines.sort(key=lambda line: (line.band == line.judgement.band, -line.score))
    del found.lines[MOST_SHOWN:]
    return found
