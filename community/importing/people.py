"""Writes imported members and the honours they earned elsewhere."""

import re
import secrets
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, UNUSABLE_PASSWORD_SUFFIX_LENGTH
from django.db import transaction

from community.activity.record import Happening, record_many
from community.bulk import copy_objects, next_keys
from community.importing.models import EarnedElsewhere, ExternalReference
from community.importing.source import Reader, SourceMember
from community.members.models import Member
from community.members.verbs import MEMBER_JOINED
from community.writing.limited import convert_many

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


def write_members(reader: Reader, known: dict[str, int], *, processes: int) -> int:
    """Write everyone who is not here yet and add them to `known` (their id → ours). Returns how many are new.

    They have no e-mail and no usable password: nobody can sign in as them, and nothing is ever sent to them.
    """
    handles = Handles(Member.objects.values_list("handle", flat=True))
    fresh = [member for member in reader.members() if member.external_id not in known]
    bios = (
        [markdown, rendered.html]
        for markdown, rendered in convert_many((member.bio for member in fresh), processes=processes)
    )
    people = iter(zip(fresh, bios, strict=True))
    while batch := list(islice(people, BATCH)):
        rows = [_row(member, handles, bio) for member, bio in batch]
        for row, key in zip(rows, next_keys(Member, len(rows)), strict=True):
            row.pk = key
        with transaction.atomic():
            copy_objects(rows)
            ExternalReference.objects.bulk_create(
                ExternalReference(
                    source=reader.name, kind="member", external_id=theirs.external_id, target_pk=ours.pk
                )
                for (theirs, _bio), ours in zip(batch, rows, strict=True)
            )
            record_many(_joined(rows), quiet=True)
        known.update({theirs.external_id: ours.pk for (theirs, _bio), ours in zip(batch, rows, strict=True)})
    return len(fresh)


def _row(theirs: SourceMember, handles: Handles, bio: list[str]) -> Member:
    website = theirs.website if theirs.website.startswith(("http://", "https://")) else ""
    member = Member(
        handle=handles.give(theirs.handle),
        name=re.sub(r"[\x00-\x1f\x7f\s]+", " ", theirs.name).strip()[:80] or "Member",
        joined_at=theirs.joined_at,
        last_seen_at=theirs.seen_at,
        bio_md=bio[0][:3000],
        bio_html=bio[1] if len(bio[0]) <= 3000 else "",
        location=re.sub(r"[\x00-\x1f\x7f\s]+", " ", theirs.location).strip()[:60],
        website=website[:200],
        trust_level=1,
    )
    member.password = UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(UNUSABLE_PASSWORD_SUFFIX_LENGTH // 2)
    return member


def _joined(rows: list[Member]) -> Iterator[Happening]:
    for member in rows:
        yield Happening(
            verb=MEMBER_JOINED,
            actor_id=member.pk,
            target_type="members.member",
            target_pk=member.pk,
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
