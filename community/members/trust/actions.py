"""Settling levels from what members did, and deciding them by hand."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import Happening, record, record_many
from community.activity.registry import Verb
from community.errors import Invalid
from community.members.models import Member, TrustRecord
from community.members.trust import limits
from community.members.trust.facts import facts_of
from community.members.trust.marks import HIGHEST
from community.members.trust.permissions import can_set_trust
from community.members.trust.rule import REGULAR, Outcome, outcome
from community.members.verbs import CUSTOMER_KNOWN, TRUST_CHANGED, TRUST_SET, TRUST_SLIPPING
from community.writing.lines import too_long

if TYPE_CHECKING:
    from community.members.models import MemberQuerySet

CHUNK = 500


class _Judged(NamedTuple):
    """A member who has `level`, what stands beside it, and what is to be."""

    pk: int
    level: int
    held: TrustRecord | None
    found: Outcome


def settle_trust(*, member_ids: Iterable[int], quiet: bool = False, now: dt.datetime | None = None) -> int:
    """Give members the level they have earned; returns how many moved. Doing it twice changes nothing.

    Facts are counted first; only those whose level moves are locked, and judged again under the lock.
    """
    ids, moment, moved = sorted(set(member_ids)), now or timezone.now(), 0
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        facts = facts_of(part, moment - limits.WINDOW.span())
        wanted = _judge(part, facts, moment)
        if wanted:
            moved += _move([one.pk for one in wanted], facts, moment, quiet)
    return moved


def settle_everyone(*, quiet: bool = False) -> int:
    """Give every member the level they have earned, once in a while. Returns how many moved."""
    moved, last = 0, 0
    while ids := list(_present().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        moved, last = moved + settle_trust(member_ids=ids, quiet=quiet), ids[-1]
    return moved


def settle_lately(*, hours: int) -> int:
    """Settle those who were here in the last hours (reading is heard by nobody), and every regular. Returns how many moved."""
    here = _present().filter(last_seen_at__gt=timezone.now() - dt.timedelta(hours=hours))
    regulars = _present().filter(trust_level=REGULAR)
    return settle_trust(
        member_ids={*here.values_list("pk", flat=True), *regulars.values_list("pk", flat=True)}
    )


def _present() -> "MemberQuerySet":
    return Member.objects.get_queryset().present()


def _judge(
    ids: Sequence[int], facts: Mapping[int, Mapping[str, int]], now: dt.datetime, *, lock: bool = False
) -> list[_Judged]:
    """Return those who are to move, or whose grace begins or ends."""
    members = _present().filter(pk__in=ids)
    if lock:
        members = members.select_for_update(no_key=True)
    records = TrustRecord.objects.in_bulk(ids)
    judged = []
    for pk, level in members.order_by("pk").values_list("pk", "trust_level"):
        held = records.get(pk)
        found = outcome(level, held, facts[pk], now)
        if found != (level, held.below_since if held else None):
            judged.append(_Judged(pk, level, held, found))
    return judged


@transaction.atomic
def _move(ids: Sequence[int], facts: Mapping[int, Mapping[str, int]], now: dt.datetime, quiet: bool) -> int:
    judged = _judge(ids, facts, now, lock=True)
    for one in judged:
        _write_grace(one, quiet)
    moved = [one for one in judged if one.found.level != one.level]
    _write_levels(moved, quiet)
    return len(moved)


def _write_grace(one: _Judged, quiet: bool) -> None:
    begins = one.found.below_since
    if begins == (one.held.below_since if one.held else None):
        return
    TrustRecord.objects.update_or_create(member_id=one.pk, defaults={"below_since": begins})
    if begins is not None:
        until = begins + limits.GRACE.span()
        record_many([_happening(TRUST_SLIPPING, one.pk, {"until": until.isoformat()})], quiet=quiet)


def _write_levels(moved: Sequence[_Judged], quiet: bool) -> None:
    """Move many at once: after an import hundreds do."""
    told = []
    for level in sorted({one.found.level for one in moved}):
        pks = [one.pk for one in moved if one.found.level == level]
        Member.objects.filter(pk__in=pks).update(trust_level=level)
    for one in moved:
        cause = "earned" if one.found.level > one.level else "lost"
        payload = {"before": one.level, "after": one.found.level, "cause": cause}
        told.append(_happening(TRUST_CHANGED, one.pk, payload))
    if told:
        record_many(told, quiet=quiet)


def _happening(verb: Verb, pk: int, payload: Mapping[str, Any]) -> Happening:
    return Happening(verb, None, Member._meta.label_lower, pk, payload, timezone.now())


def _write_level(actor: Member | None, member: Member, level: int, cause: str) -> None:
    before, member.trust_level = member.trust_level, level
    Member.objects.filter(pk=member.pk).update(trust_level=level)
    payload = {"before": before, "after": level, "cause": cause}
    record(TRUST_CHANGED, actor=actor, target=member, payload=payload)


@transaction.atomic
def set_trust(*, actor: Member, member: Member, level: int, locked: bool, reason: str) -> TrustRecord:
    """Grant `member` at least this level, or lock exactly this one. They are told, with the reason.

    Raises `Refused` or `Invalid`; then nothing changed.
    """
    held = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    can_set_trust(actor, held).require()
    reason = _checked(level, reason)
    before = held.trust_level
    row, _is_new = TrustRecord.objects.update_or_create(
        member=held,
        defaults={
            "floor": level,
            "is_locked": locked,
            "reason": reason,
            "set_by": actor,
            "set_at": timezone.now(),
            "below_since": None,
        },
    )
    # What was earned beyond a level that is not locked is kept; the fourth is taken back by giving another.
    now = timezone.now()
    facts = facts_of([held.pk], now - limits.WINDOW.span())[held.pk]
    after = outcome(level, row, facts, now).level
    if after != before:
        _write_level(actor, held, after, "set")
    payload = {"before": before, "after": after, "locked": locked, "reason": reason}
    record(TRUST_SET, actor=actor, target=held, payload=payload)
    member.trust_level = after
    return row


def _checked(level: int, reason: str) -> str:
    reason = " ".join(reason.split())
    fields = {}
    if not 0 <= level <= HIGHEST:
        fields["level"] = _("Choose a level from 0 to 4.")
    if not reason:
        fields["reason"] = _("Write the reason. The member is told.")
    elif sentence := too_long(reason, limits.REASON_LENGTH):
        fields["reason"] = sentence
    if fields:
        raise Invalid("trust_unusable", _("Some fields need another look."), fields=fields)
    return reason


@transaction.atomic
def mark_known_customer(*, actor: Member | None, member: Member, source: str) -> bool:
    """Note that the brand's own system vouches for `member`: at least level 1 from now on, unless a lock says otherwise.

    A signed sign-on calls it (`actor` is None). Returns whether it was news; saying it twice changes nothing.
    """
    if actor is not None:
        can_set_trust(actor, member).require()
    held = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    row, _is_new = TrustRecord.objects.get_or_create(member=held)
    if row.customer_since is not None:
        return False
    row.customer_source, row.customer_since = source[:60], timezone.now()
    row.floor = row.floor if row.is_locked else max(row.floor, 1)
    row.save(update_fields=["customer_source", "customer_since", "floor"])
    record(CUSTOMER_KNOWN, actor=actor, target=held, payload={"source": source[:60]})
    if not row.is_locked and held.trust_level < 1:
        _write_level(actor, held, 1, "customer")
        member.trust_level = 1
    return True
