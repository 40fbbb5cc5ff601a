"""Taking in events, one or many: each id of a source once, whoever sends it and however often."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Conflict, DomainError, Invalid
from community.members.models import Member
from community.sql import write
from rewards.intake.checking import Sent, check_event, check_named, wrong
from rewards.intake.limits import MOST_AT_ONCE
from rewards.intake.models import BrandEvent, EventType, NamedBy
from rewards.intake.permissions import can_send_events
from rewards.intake.telling import tell
from rewards.intake.undoing import as_undoing
from rewards.intake.whose import Whose, wait_for_links

Key = tuple[str, str]

# The unique key decides who was first; whoever comes second sees in the next statement what the first wrote.
_TAKE = """
INSERT INTO intake_brandevent (source, event_id, type_id, occurred_at, amount, currency, quantity, attributes,
  original_id, named_by, who, member_id, digest, received_at, known_at, received_by_id)
SELECT source, event_id, type_id, occurred_at, amount, currency, quantity, attributes,
  original_id, named_by, who, member_id, digest, %(now)s, CASE WHEN member_id IS NULL THEN NULL ELSE %(now)s END, %(by)s
FROM jsonb_to_recordset(%(rows)s::jsonb) AS sent(source text, event_id text, type_id bigint, occurred_at timestamptz,
  amount bigint, currency text, quantity bigint, attributes jsonb, original_id bigint, named_by text, who text,
  member_id bigint, digest text)
ON CONFLICT (source, event_id) DO NOTHING RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one event that was sent; `is_new` unless the same was taken in before."""

    event: BrandEvent
    is_new: bool


@transaction.atomic
def take_event(*, actor: Member, sent: Sent) -> Taken:
    """Take in one event. The same event again is the same answer.

    Raises `Refused`, `Invalid`, or `Conflict` when its id was used for something else; then nothing changed.
    """
    taken = take_events(actor=actor, sent=[sent])[0]
    if isinstance(taken, DomainError):
        raise taken
    return taken


@transaction.atomic
def take_events(*, actor: Member, sent: Sequence[Sent | DomainError]) -> list[Taken | DomainError]:
    """Take in events in their order; returns for each what became of it, or its refusal, which stops no other.

    What takes another event back may come in the same call as that, after it. Raises `Refused`, or `Invalid` for too many.
    """
    can_send_events(actor).require()
    if len(sent) > MOST_AT_ONCE:
        raise Invalid("too_many", _("At most %(n)s events at a time.") % {"n": MOST_AT_ONCE})
    wait_for_links()
    types = {kind.key: kind for kind in EventType.objects.all()}
    answers: list[Taken | DomainError | None] = [it if isinstance(it, DomainError) else None for it in sent]
    undoings = [n for n, it in enumerate(sent) if isinstance(it, Sent) and it.original]
    plain = [n for n, it in enumerate(sent) if isinstance(it, Sent) and not it.original]
    # Each taking back looks at what is left of its original, so they come one by one, behind everything else.
    for numbers in (plain, *([n] for n in undoings)):
        batch = {n: it for n in numbers if isinstance(it := sent[n], Sent)}
        answers = _with(answers, _take(actor, batch, types))
    tell(it.event for it in answers if isinstance(it, Taken) and it.is_new)
    return [it for it in answers if it is not None]


def _with(
    answers: list[Taken | DomainError | None], found: Mapping[int, Taken | DomainError]
) -> list[Taken | DomainError | None]:
    return [found.get(n, answer) for n, answer in enumerate(answers)]


def _take(
    actor: Member, batch: Mapping[int, Sent], types: Mapping[str, EventType]
) -> dict[int, Taken | DomainError]:
    """Take in what is new of a batch, and answer the rest from what is there."""
    answers, named = _checked(batch)
    known = _known(named.values())
    now, fresh = timezone.now(), {}
    whose = Whose(it for it in named.values() if _key(it) not in known)
    for n, it in named.items():
        try:
            if _key(it) not in known:
                fresh[n] = _row(it, types.get(it.type), whose, now)
        except DomainError as refusal:
            answers[n] = refusal
    new = _write(actor, list(fresh.values()), now)
    rows = {**known, **_known(batch[n] for n in fresh)}
    first: set[int] = set()
    for n in sorted(batch.keys() - answers.keys()):
        event = rows[_key(batch[n])]
        answers[n] = _answer(batch[n], event, is_new=event.pk in new and event.pk not in first)
        first.add(event.pk)
    return answers


def _checked(batch: Mapping[int, Sent]) -> tuple[dict[int, Taken | DomainError], dict[int, Sent]]:
    answers: dict[int, Taken | DomainError] = {}
    named = {}
    for n, it in batch.items():
        try:
            check_named(it)
            named[n] = it
        except DomainError as refusal:
            answers[n] = refusal
    return answers, named


def _row(sent: Sent, kind: EventType | None, whose: Whose, now: dt.datetime) -> dict[str, Any]:
    check_event(sent, kind, now)
    assert kind is not None
    row = {
        "source": sent.source,
        "event_id": sent.event_id,
        "type_id": kind.pk,
        "occurred_at": sent.occurred_at.isoformat(),
        "amount": sent.amount,
        "currency": sent.currency,
        "quantity": sent.quantity,
        "attributes": dict(sent.attributes),
        "named_by": sent.named_by,
        "who": sent.who,
        "member_id": whose.member_id(sent),
        "original_id": None,
        "digest": sent.digest(),
    }
    if row["member_id"] is None and sent.named_by in (NamedBy.HANDLE, NamedBy.NUMBER):
        raise wrong("member", "member_unknown", _("There is no such member."))
    return as_undoing(sent, row) if kind.undoes else row


def _write(actor: Member, rows: list[dict[str, Any]], now: dt.datetime) -> set[int]:
    if not rows:
        return set()
    values = {"rows": json.dumps(rows), "now": now, "by": actor.pk}
    return {int(row[0]) for row in write(_TAKE, values)}


def _key(sent: Sent) -> Key:
    return sent.source, sent.event_id


def _known(sent: Any) -> dict[Key, BrandEvent]:
    keys = {_key(it) for it in sent}
    rows = BrandEvent.objects.filter(
        source__in={source for source, _id in keys}, event_id__in={event_id for _source, event_id in keys}
    )
    return {
        (row.source, row.event_id): row
        for row in rows.select_related("type", "member", "original")
        if (row.source, row.event_id) in keys
    }


def _answer(sent: Sent, event: BrandEvent, *, is_new: bool) -> Taken | DomainError:
    if event.digest != sent.digest():
        return Conflict("event_id_reused", _("This id was used for something else."))
    return Taken(event, is_new)
