"""Writes imported members and the honours they earned elsewhere."""

import datetime as dt
import re
import secrets
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from typing import NamedTuple

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, UNUSABLE_PASSWORD_SUFFIX_LENGTH
from django.db import transaction

from community.activity.record import Happening, record_many
from community.bulk import copy_new, copy_rows, hurry, next_keys
from community.importing.models import REFERENCE, EarnedElsewhere, ExternalReference
from community.importing.rows import one_line
from community.importing.scribe import Scribe
from community.importing.source import Report, SourceBadge, SourceMember
from community.members.models import Member
from community.members.verbs import MEMBER_JOINED

BATCH = 1000
MAX_HANDLE = 30


class Handles:
    """Gives out handles that nobody has, close to the ones people had."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = {handle.lower() for handle in taken}
        self.numbers: dict[str, int] = defaultdict(lambda: 1)

    def give(self, wanted: str) -> str:
        """Return a free handle: small letters, digits, dots and dashes, numbered when needed."""
        plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9_.-]+", "-", plain).strip("-._")[:MAX_HANDLE].strip("-._") or "member"
        handle = base
        while handle in self.taken:
            self.numbers[base] += 1
            ending = f"-{self.numbers[base]}"
            handle = base[: MAX_HANDLE - len(ending)] + ending
        self.taken.add(handle)
        return handle


class MemberRow(NamedTuple):
    """Columns of `Member`; those that are not here are as in a new one."""

    id: int
    handle: str
    name: str
    password: str
    joined_at: dt.datetime
    last_seen_at: dt.datetime | None
    bio_md: str
    bio_html: str
    location: str
    website: str
    trust_level: int = 1


@dataclass
class MemberWriter:
    """Writes people and adds them to `known` (their id → ours).

    They have no e-mail and no usable password: nobody can sign in as them, and nothing is ever sent to them.
    """

    source: str
    known: dict[str, int]

    def take(self, people: Iterator[tuple[SourceMember, str, str]], scribe: Scribe) -> int:
        """Let everyone be written, given with their bios as Markdown and HTML. Returns how many there are."""
        count = 0
        while batch := list(islice(people, BATCH)):
            scribe.write(partial(self.write_batch, batch))
            count += len(batch)
        return count

    @transaction.atomic
    def write_batch(self, batch: list[tuple[SourceMember, str, str]]) -> None:
        """Write some people, all or none."""
        hurry()
        keys = next_keys(Member, len(batch))
        secret = _unusable(len(batch))
        rows = [_row(next(keys), member, self._handles, bio, next(secret)) for member, *bio in batch]
        ours = {theirs.external_id: row.id for (theirs, *_bio), row in zip(batch, rows, strict=True)}
        kept = ((self.source, "member", theirs, pk) for theirs, pk in ours.items())
        copy_new(Member, MemberRow._fields, rows)
        copy_rows(ExternalReference, REFERENCE, kept)
        record_many(_joined(rows), quiet=True)
        self.known.update(ours)

    @cached_property
    def _handles(self) -> Handles:
        return Handles(Member.objects.values_list("handle", flat=True))


def _unusable(count: int) -> Iterator[str]:
    """Yield as many passwords that nobody can have, as Django writes them, from one draw of chance."""
    length = UNUSABLE_PASSWORD_SUFFIX_LENGTH
    drawn = secrets.token_hex(count * length // 2)
    for start in range(0, count * length, length):
        yield UNUSABLE_PASSWORD_PREFIX + drawn[start : start + length]


def _row(pk: int, theirs: SourceMember, handles: Handles, bio: Sequence[str], password: str) -> MemberRow:
    markdown, html = bio
    website = theirs.website if theirs.website.startswith(("http://", "https://")) else ""
    return MemberRow(
        id=pk,
        handle=handles.give(theirs.handle),
        name=one_line(theirs.name)[:80] or "Member",
        password=password,
        joined_at=theirs.joined_at,
        last_seen_at=theirs.seen_at,
        bio_md=markdown[:3000],
        bio_html=html if len(markdown) <= 3000 else "",
        location=one_line(theirs.location)[:60],
        website=website[:200],
    )


def _joined(rows: list[MemberRow]) -> Iterator[Happening]:
    for member in rows:
        yield Happening(
            verb=MEMBER_JOINED,
            actor_id=member.id,
            target_type="members.member",
            target_pk=member.id,
            payload={"name": member.name, "handle": member.handle},
            occurred_at=member.joined_at,
        )


@transaction.atomic
def write_badges(
    source: str, badges: Iterable[SourceBadge], members: Mapping[str, int], report: Report
) -> int:
    """Write the honours, one row per member and name with how often. Returns how many rows there are."""
    hurry()
    times: Counter[tuple[int, str]] = Counter()
    first: dict[tuple[int, str], dt.datetime] = {}
    for badge in badges:
        owner = members.get(badge.member_id)
        if owner is None:
            report.left_out["badges of people who are not in the dump"] += 1
            continue
        honour = owner, badge.name[:120]
        times[honour] += 1
        first[honour] = min(first.get(honour, badge.earned_at), badge.earned_at)
    _write_honours(source, {honour: (times[honour], first[honour]) for honour in times})
    return len(times)


def _write_honours(source: str, earned: dict[tuple[int, str], tuple[int, dt.datetime]]) -> None:
    """Write the rows that are new, and those in which an earlier run wrote something else."""
    known = {(row.member_id, row.name): row for row in EarnedElsewhere.objects.filter(source=source)}
    new = (
        (member, source, name, *facts)
        for (member, name), facts in earned.items()
        if (member, name) not in known
    )
    copy_rows(EarnedElsewhere, ("member_id", "source", "name", "times", "first_at"), new)
    changed = []
    for honour, row in known.items():
        facts = earned.get(honour)
        if facts and facts != (row.times, row.first_at):
            row.times, row.first_at = facts
            changed.append(row)
    EarnedElsewhere.objects.bulk_update(changed, ["times", "first_at"], batch_size=BATCH)
