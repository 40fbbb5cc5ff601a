"""Finding entries. Every question begins at an index and reads one page; nothing is counted."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Max, Min, QuerySet

from community.members.models import Member
from community.moderation.models import AuditEntry
from community.moderation.permissions import can_read_log

PAGE = 50
AT_A_TIME = 1_000
# More than may be written out of order around one moment.
NEIGHBOURS = 1_000
_WORDS = SearchVector("actor_name", "reason", "before", "after", config="simple")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is looked for: who did it (a handle), what, to what, when, and words in it."""

    actor: str = ""
    act: str = ""
    target_type: str = ""
    target_pk: int | None = None
    words: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def as_text(self) -> dict[str, str]:
        """Return what was filled in, for the log of who took entries out."""
        named = {name: getattr(self, name) for name in self.__slots__}
        return {name: str(value) for name, value in named.items() if value not in ("", None)}


def find_entries(viewer: Member, narrowing: Narrowing) -> QuerySet[AuditEntry]:
    """Return entries, newest first. Raises `Refused` for who may not read the log."""
    can_read_log(viewer).require()
    rows = AuditEntry.objects.order_by("-id")
    if narrowing.actor:
        # One look by handle first, so that the log is asked by number, which an index answers.
        handle = narrowing.actor.removeprefix("@")
        actor = Member.objects.get_queryset().with_handle(handle).values_list("pk", flat=True).first()
        rows = rows.filter(actor_id=actor or 0)
    if narrowing.act:
        rows = rows.filter(act=narrowing.act)
    if narrowing.target_type:
        rows = rows.filter(target_type=narrowing.target_type)
    if narrowing.target_pk is not None:
        rows = rows.filter(target_pk=narrowing.target_pk)
    if narrowing.since:
        rows = _begin_at(rows, _midnight(narrowing.since))
    if narrowing.until:
        rows = _end_at(rows, dt.datetime.combine(narrowing.until, dt.time.max, dt.UTC))
    if narrowing.words:
        found = SearchQuery(narrowing.words[:100], config="simple")
        rows = rows.alias(found=_WORDS).filter(found=found)
    return rows


def _begin_at(rows: QuerySet[AuditEntry], moment: dt.datetime) -> QuerySet[AuditEntry]:
    """Narrow to what happened since, by key as well: pages run by key, and would read every later entry to find an old day.

    Entries are written nearly in the order in which things happened; the neighbours of a moment tell where its keys begin.
    """
    later = AuditEntry.objects.filter(occurred_at__gte=moment).order_by("occurred_at")
    first = later[:NEIGHBOURS].aggregate(first=Min("pk"))["first"]
    return rows.none() if first is None else rows.filter(occurred_at__gte=moment, pk__gte=first)


def _end_at(rows: QuerySet[AuditEntry], moment: dt.datetime) -> QuerySet[AuditEntry]:
    """Narrow to what happened until a moment, by key as well."""
    earlier = AuditEntry.objects.filter(occurred_at__lte=moment).order_by("-occurred_at")
    last = earlier[:NEIGHBOURS].aggregate(last=Max("pk"))["last"]
    return rows.none() if last is None else rows.filter(occurred_at__lte=moment, pk__lte=last)


def page_of_entries(
    viewer: Member, narrowing: Narrowing, before: int | None = None
) -> tuple[list[AuditEntry], int | None]:
    """Return one page and the key to go on from, or None at the end."""
    rows = find_entries(viewer, narrowing)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def stream_entries(viewer: Member, narrowing: Narrowing) -> Iterator[AuditEntry]:
    """Yield every entry, newest first, a thousand at a time by key."""
    rows, before = find_entries(viewer, narrowing), None
    while True:
        some = list((rows if before is None else rows.filter(pk__lt=before))[:AT_A_TIME])
        yield from some
        if len(some) < AT_A_TIME:
            return
        before = some[-1].pk


def differences(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """Return what an entry says, line by line: the name, what was, and what is."""
    names = [*dict.fromkeys([*entry.before, *entry.after])]
    return [
        (name, _said(entry.before, name), _said(entry.after, name)) for name in names if name != "author_id"
    ]


def _said(side: Mapping[str, Any], name: str) -> str:
    value = side.get(name)
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
