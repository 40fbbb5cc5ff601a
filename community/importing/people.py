"""Writes imported members and the honours they earned elsewhere."""

import datetime as dt
import re
import secrets
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, UNUSABLE_PASSWORD_SUFFIX_LENGTH
from django.db import transaction

from community.activity.record import Happening, record_many
from community.bulk import copy_new, copy_rows, next_keys
from community.importing.models import REFERENCE, EarnedElsewhere, ExternalReference
from community.importing.rows import one_line
from community.importing.source import Reader, SourceMember
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


def write_members(source: str, people: Iterator[tuple[SourceMember, str, str]], known: dict[str, int]) -> int:
    """Write people, given with their bios as Markdown and HTML, and add them to `known` (their id → ours).

    They have no e-mail and no usable password: nobody can sign in as them, and nothing is ever sent to them.
    Returns how many there were.
    """
    handles = Handles(Member.objects.values_list("handle", flat=True))
    count = 0
    while batch := list(islice(people, BATCH)):
        keys = next_keys(Member, len(batch))
        rows = [_row(next(keys), member, handles, bio) for member, *bio in batch]
        ours = {theirs.external_id: row.id for (theirs, *_bio), row in zip(batch, rows, strict=True)}
        with transaction.atomic():
            copy_new(Member, MemberRow._fields, rows)
            copy_rows(
                ExternalReference, REFERENCE, ((source, "member", theirs, pk) for theirs, pk in ours.items())
            )
            record_many(_joined(rows), quiet=True)
        known.update(ours)
        count += len(rows)
    return count


def _row(pk: int, theirs: SourceMember, handles: Handles, bio: Sequence[str]) -> MemberRow:
    markdown, html = bio
    website = theirs.website if theirs.website.startswith(("http://", "https://")) else ""
    return MemberRow(
        id=pk,
        handle=handles.give(theirs.handle),
        name=one_line(theirs.name)[:80] or "Member",
        password=UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(UNUSABLE_PASSWORD_SUFFIX_LENGTH // 2),
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
def write_badges(reader: Reader, members: dict[str, int]) -> int:
    """Write the honours, one row per member and name with how often. Returns how many rows there are."""
    honours: dict[tuple[int, str], EarnedElsewhere] = {}
    for badge in reader.badges():
        owner = members.get(badge.member_id)
        if owner is None:
            reader.report.left_out["badges of people who are not in the dump"] += 1
            continue
        row = honours.get((owner, badge.name))
        if row is None:
            honours[owner, badge.name] = EarnedElsewhere(
                member_id=owner, source=reader.name, name=badge.name[:120], times=1, first_at=badge.earned_at
            )
        else:
            row.times += 1
            row.first_at = min(row.first_at, badge.earned_at)
    EarnedElsewhere.objects.bulk_create(
        honours.values(),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["member", "source", "name"],
        update_fields=["times", "first_at"],
    )
    return len(honours)
