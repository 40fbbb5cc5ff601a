"""Erasures done again after an older backup was restored.

A list of numbers and times, no names, is kept beside the database, where a restore of it does not reach. Whoever is on the list and
is back is erased once more. A number may meanwhile be somebody else's: who joined after the wish was written is left alone.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from community.members.models import Member
from community.privacy.erasing.identity import begin
from community.privacy.erasing.journal import Line
from community.privacy.erasing.running import erase
from community.privacy.models import Erasure, ErasureState

REASON = "Done again after a backup was restored."


@dataclass(slots=True)
class Replayed:
    """What became of a list: `known` were erased here already, `others` are people who joined later, `absent` are not there."""

    erased: int = 0
    known: int = 0
    others: int = 0
    absent: int = 0
    unreadable: int = 0


def replay(lines: Iterable[str]) -> Replayed:
    """Erase once more whoever is on the list and is back. Done twice, it changes nothing."""
    told = Replayed()
    for text in lines:
        if not text.strip():
            continue
        line, asked = _read(text)
        if line is None or asked is None:
            told.unreadable += 1
            continue
        _again(line, asked, told)
    return told


def _read(text: str) -> tuple[Line | None, dt.datetime | None]:
    try:
        held = json.loads(text)
        line = Line(
            int(held["member"]), bool(held["deletes_posts"]), str(held["asked_at"]), str(held["done_at"])
        )
        return line, parse_datetime(line.asked_at)
    except (ValueError, TypeError, KeyError):
        return None, None


def _again(line: Line, asked: dt.datetime, told: Replayed) -> None:
    member = Member.objects.get_queryset().filter(pk=line.member).first()
    if member is None:
        told.absent += 1
    elif Erasure.objects.filter(member=member, state=ErasureState.DONE).exists():
        told.known += 1
    elif member.joined_at > asked:
        told.others += 1
    else:
        erasure = _put(member, line, asked)
        begin(erasure)
        # They were told when it was done the first time.
        Erasure.objects.filter(pk=erasure.pk).update(identity={**erasure.identity, "email": ""})
        erasure.refresh_from_db()
        while not erase(erasure):
            pass
        told.erased += 1


def _put(member: Member, line: Line, asked: dt.datetime) -> Erasure:
    """Return the erasure to go on with: one the backup knew of, or a new one."""
    now = timezone.now()
    facts = {"deletes_posts": line.deletes_posts, "asked_at": asked, "due_at": now, "reason": REASON}
    quiet = {"told_at": now, "reminded_at": now}
    try:
        with transaction.atomic():
            return Erasure.objects.create(member=member, **facts, **quiet)
    except IntegrityError:
        found = Erasure.objects.get(member=member, state__in=[ErasureState.WAITING, ErasureState.UNDER_WAY])
        if found.state == ErasureState.WAITING:
            Erasure.objects.filter(pk=found.pk).update(**facts, **quiet)
            found.refresh_from_db()
        return found
