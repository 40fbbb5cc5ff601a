"""Chaining the log: each seal holds what an entry said and the seal before it, so that a change shows.

The clock seals, a batch at a time under one lock; those who write entries wait for nobody. An entry that commits late is sealed
later: the chain runs by position, not by number.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from community.moderation.models import AuditEntry, AuditSeal

AT_A_TIME = 5_000
# How far behind the last sealed number an entry may still turn up.
LATE = 10_000
_LOCK = 0x61756474
_NOTHING = "0" * 64

_UNSEALED = """
SELECT e.id FROM moderation_auditentry e
 WHERE e.id > (SELECT COALESCE(max(entry_id), 0) - %s FROM moderation_auditseal)
   AND NOT EXISTS (SELECT 1 FROM moderation_auditseal s WHERE s.entry_id = e.id)
 ORDER BY e.id LIMIT %s
"""


@transaction.atomic
def seal_entries(*, at_most: int = AT_A_TIME) -> int:
    """Seal entries that have no seal yet. Returns how many; 0 also while another worker seals."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_UNSEALED, [LATE, at_most])
        pks = [row[0] for row in cursor.fetchall()]
    last = AuditSeal.objects.order_by("-position").values_list("chain", flat=True).first() or _NOTHING
    seals, now = [], timezone.now()
    for entry in AuditEntry.objects.filter(pk__in=pks).order_by("pk"):
        facts, words = digests(entry)
        last = _link(last, facts, words)
        seals.append(AuditSeal(entry_id=entry.pk, facts=facts, words=words, chain=last, sealed_at=now))
    AuditSeal.objects.bulk_create(seals, batch_size=1000)
    return len(seals)


def digests(entry: AuditEntry) -> tuple[str, str]:
    """Return the digests of what can never change, and of what an erasure may take out."""
    facts = [
        entry.pk,
        entry.actor_id,
        entry.act,
        entry.target_type,
        entry.target_pk,
        entry.activity_id,
        entry.occurred_at.isoformat(),
    ]
    return _digest(facts), _digest([entry.actor_name, entry.before, entry.after, entry.reason])


def _digest(values: list[Any]) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _link(before: str, facts: str, words: str) -> str:
    return hashlib.sha256(f"{before}{facts}{words}".encode()).hexdigest()


@dataclass(slots=True)
class Verdict:
    """What a check of the chain found. `emptied` lost their words to an erasure; the chain holds over them."""

    sealed: int = 0
    emptied: int = 0
    unsealed: int = 0
    last: str = _NOTHING
    faults: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was changed, removed or put in between."""
        return not self.faults


def verify_chain() -> Verdict:
    """Walk the chain from its first seal that is kept, and compare every entry."""
    verdict, before = Verdict(), None
    for seals in _batches():
        entries = AuditEntry.objects.in_bulk([seal.entry_id for seal in seals])
        for seal in seals:
            if before is not None and _link(before, seal.facts, seal.words) != seal.chain:
                verdict.faults.append(f"seal {seal.position} does not follow from the one before it")
            before = verdict.last = seal.chain
            verdict.sealed += 1
            _compare(verdict, seal, entries.get(seal.entry_id))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({_UNSEALED}) waiting", [LATE, AT_A_TIME])  # noqa: S608 - our own words
        verdict.unsealed = cursor.fetchone()[0]
    return verdict


def _compare(verdict: Verdict, seal: AuditSeal, entry: AuditEntry | None) -> None:
    if entry is None:
        verdict.faults.append(f"entry {seal.entry_id} is gone")
        return
    facts, words = digests(entry)
    if facts != seal.facts:
        verdict.faults.append(f"entry {seal.entry_id} was changed")
    elif seal.is_emptied:
        verdict.emptied += 1
    elif words != seal.words:
        verdict.faults.append(f"the words of entry {seal.entry_id} were changed")


def _batches() -> Iterator[list[AuditSeal]]:
    after = 0
    while seals := list(AuditSeal.objects.filter(position__gt=after).order_by("position")[:AT_A_TIME]):
        yield seals
        after = seals[-1].position
