"""What is seen in a text: signs from 0 to 1, by one statement and no third party."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.doors.memory import door_rules
from community.members.models import ProofAsked
from community.moderation.models import Band
from community.moderation.spam.limits import ASK_AT, HOLD_AT, QUEUE_AT, WEIGHTS
from community.moderation.spam.throwaway import is_throwaway
from community.moderation.words.folding import fold
from community.proof import Proof
from community.screening import Writing
from community.sql import fetch_one

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

SAMPLE = 300
# Shorter texts are alike because there is little to say.
_LEAST_ALIKE = 40
_OFTEN, _MANY_SITES = 6, 3
_HURRIED, _QUICK = 3.0, 6.0
# From where likeness begins to count: two honest questions about one product are alike by a third.
_ALIKE_FROM = 0.5

# What they are called, for writers and team alike.
NAMES: "dict[str, _StrOrPromise]" = {
    "new": _("the account is new"),
    "often": _("many texts within an hour"),
    "links": _("links to several sites"),
    "hosts": _("a link to a site that was not wanted here before"),
    "alike": _("nearly the same text was written here lately"),
    "throwaway": _("the account has a throwaway e-mail address"),
    "hurried": _("it was typed within seconds"),
    "trapped": _("the form was filled in as programs do"),
    "outside": _("a checker that this community asks took it for advertising"),
    "came": _("the account was made within seconds, or without the small sum that browsers do"),
    "unproven": _("the browser was asked for a small sum and did not do it"),
}

# Samples are few and short; of sites and of the author's own there is an index.
_ASK = """
SELECT (SELECT count(*) FROM (SELECT FROM moderation_judgement
          WHERE author_id = %s AND created_at > %s ORDER BY id DESC LIMIT 20) lately),
       COALESCE((SELECT max(similarity(sample, %s)) FROM (SELECT sample FROM moderation_judgement
          ORDER BY id DESC LIMIT 150) recent WHERE length(%s) >= 40 AND length(sample) >= 40), 0),
       COALESCE((SELECT max(bad::float / (bad + fine + 1)) FROM moderation_hoststanding WHERE host = ANY(%s)), 0),
       EXISTS (SELECT FROM members_arrival WHERE member_id = %s)
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in a text, and what that came to."""

    signals: Mapping[str, float]
    weights: Mapping[str, int]
    hosts: Sequence[str]
    sample: str
    score: int
    band: Band


def weights_in_force() -> dict[str, int]:
    """Return what each sign weighs now."""
    return {name: number() for name, number in WEIGHTS.items()}


def score_of(signals: Mapping[str, float], weights: Mapping[str, int]) -> int:
    """Return the score of signs: the sum of what they weigh, at most 100."""
    return min(100, round(sum(weights.get(name, 0) * value for name, value in signals.items())))


def band_of(score: int, hold_at: int, queue_at: int) -> Band:
    """Return what a score leads to."""
    if score >= hold_at:
        return Band.HOLD
    return Band.QUEUE if score >= queue_at else Band.PASS


def see(writing: Writing) -> Seen:
    """Look at a text."""
    hosts = hosts_of(writing.links)
    sample = fold(" ".join(writing.texts.values()))[:SAMPLE].replace("\x00", "")
    lately, alike, worst, in_doubt = _ask(writing, sample, hosts)
    found = {
        "new": newness(writing.author.joined_at) if writing.author.trust_level == 0 else 0.0,
        "often": min(1.0, lately / _OFTEN),
        "links": min(1.0, len(hosts) / _MANY_SITES),
        "hosts": min(1.0, worst * 1.5),
        "alike": max(0.0, min(1.0, (alike - _ALIKE_FROM) / (1 - _ALIKE_FROM))),
        "throwaway": float(is_throwaway(writing.author.email)),
        "hurried": _hurry(writing),
        "trapped": float(writing.manner.is_trapped),
        "came": float(in_doubt),
    }
    signals = {name: round(value, 3) for name, value in found.items() if value > 0}
    weights = weights_in_force()
    score = score_of(signals, weights)
    if asks_sum(score) and writing.manner.proof in (Proof.MISSING, Proof.WRONG):
        signals["unproven"] = 1.0
        score = score_of(signals, weights)
    band = band_of(score, HOLD_AT(), QUEUE_AT())
    return Seen(signals, {name: weights[name] for name in signals}, hosts, sample, score, band)


def asks_sum(score: int) -> bool:
    """Return whether a text of this score is in doubt, so that the browser does a small sum. What waits anyway needs none."""
    return ASK_AT() <= score < HOLD_AT() and door_rules().proof != ProofAsked.OFF


def hosts_of(links: Sequence[str]) -> list[str]:
    """Return the sites that addresses lead to, without repeats, as they are kept."""
    return sorted({name for link in links[:50] if (name := _host(link))})


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")[:253] if "://" in link else ""
    except ValueError:
        return ""


def newness(joined_at: dt.datetime) -> float:
    """Return how new an account is: 1 within the first hour, 0 after a week."""
    age = timezone.now() - joined_at
    steps = ((dt.timedelta(hours=1), 1.0), (dt.timedelta(days=1), 0.7), (dt.timedelta(days=7), 0.4))
    return next((value for most, value in steps if age < most), 0.0)


def _hurry(writing: Writing) -> float:
    seconds = writing.manner.seconds
    if seconds is None or len(writing.texts["body"]) < _LEAST_ALIKE or seconds >= _QUICK:
        return 0.0
    return 1.0 if seconds < _HURRIED else 0.5


def _ask(writing: Writing, sample: str, hosts: list[str]) -> tuple[int, float, float, bool]:
    hour_ago = timezone.now() - dt.timedelta(hours=1)
    values = (writing.author.pk, hour_ago, sample, sample, hosts, writing.author.pk)
    found = fetch_one(_ASK, values, lambda row: (int(row[0]), float(row[1]), float(row[2]), bool(row[3])))
    return found or (0, 0.0, 0.0, False)
