"""Judging what new members write, and keeping each judgement beside the text it is about."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from psycopg.types.json import Jsonb

from community.moderation.actions.opening import open_case
from community.moderation.case_kinds import find_case_kind
from community.moderation.models import Band, Held, Judgement
from community.moderation.spam.signals import Seen, asks_sum, hosts_of, see
from community.proof import Proof
from community.screening import Place, Writing
from community.threads.models import Post
from community.typed import SumWanted

# From this level on nobody is scored.
TRUSTED = 2
SHOWN_KIND = "spam_shown"
_KEEP = """
INSERT INTO moderation_judgement (author_id, space_id, place, post_id, signals, weights, score, band, hosts, sample, outcome, created_at, check_due_at)
SELECT %s, %s, %s, written.id, %s, %s, %s, %s, %s, %s, '', %s, %s FROM written RETURNING id
"""


def is_asked() -> bool:
    """Return whether there is an outside checker to ask."""
    return bool(settings.SPAM_CHECKER_URL and settings.SPAM_CHECKER_SECRET)


def is_judged(writing: Writing) -> bool:
    """Whether a text is scored: everything of trust level 0, what has links of level 1; of edits only new links."""
    trust = writing.author.trust_level
    if trust >= TRUSTED or writing.place not in (Place.THREAD, Place.REPLY, Place.EDIT):
        return False
    if writing.place == Place.EDIT:
        return any(host not in writing.before.get("body", "") for host in hosts_of(writing.links))
    return trust == 0 or bool(writing.links)


def screen_spam(writing: Writing) -> None:
    """Score a text, let it wait or put it before the team, and keep the judgement."""
    if not is_judged(writing):
        return
    seen = see(writing)
    if writing.manner.can_ask and writing.manner.proof == Proof.UNASKED and asks_sum(seen.score):
        raise SumWanted()
    writing.judgement = seen
    if seen.band == Band.HOLD:
        heaviest = sorted(seen.signals, key=lambda name: -seen.weights[name] * seen.signals[name])
        writing.hold("spam", score=seen.score, signals=heaviest)
    if writing.place != Place.EDIT:
        writing.beside = _KEEP, _values(writing, seen)

    def keep(row: Any) -> None:
        _keep(writing, seen, row)

    writing.after.append(keep)


def _values(writing: Writing, seen: Seen) -> tuple[Any, ...]:
    return (
        writing.author.pk,
        writing.space.pk,
        writing.place.value,
        Jsonb(dict(seen.signals)),
        Jsonb(dict(seen.weights)),
        seen.score,
        seen.band.value,
        list(seen.hosts),
        seen.sample,
        (now := timezone.now()),
        now if is_asked() else None,
    )


def _keep(writing: Writing, seen: Seen, row: Post | Held) -> None:
    """Keep the judgement of what waits, and of an edit; that of a new post was written with it."""
    if isinstance(row, Held) or writing.place == Place.EDIT:
        Judgement.objects.create(
            author=writing.author,
            space_id=writing.space.pk,
            place=writing.place.value,
            post=row if isinstance(row, Post) else None,
            held=row if isinstance(row, Held) else None,
            signals=dict(seen.signals),
            weights=dict(seen.weights),
            score=seen.score,
            band=seen.band,
            hosts=list(seen.hosts),
            sample=seen.sample,
            check_due_at=timezone.now() if is_asked() and isinstance(row, Post) else None,
        )
    kind = find_case_kind(SHOWN_KIND)
    if isinstance(row, Post) and seen.band == Band.QUEUE and kind is not None:
        open_case(
            actor=writing.author,
            kind=kind,
            subject=row,
            about=writing.author,
            space_id=writing.space.pk,
            facts={"signals": dict(seen.signals), "weights": dict(seen.weights), "score": seen.score},
            score=seen.score,
        )
