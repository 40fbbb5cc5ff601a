"""Finding people among hundreds of thousands: every order has its index, nothing is counted, every page continues by key."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from community.members.directory.ways import People, narrow_by_ways
from community.members.fields.queries import fields_in_use
from community.members.models import FieldKind, Group, GroupMembership, Member, ProfileField, SeenBy
from community.sql import PlannedAnew, fetch

PAGE = 24
# The column of each order; the number of a member settles what is equal.
SORTS = {"helpful": "accepted_count", "active": "month_posts", "newest": "joined_at", "name": "small_name"}
RISING = ("name",)
_LETTERS = re.compile(r"[^\W_]+")
# Up to so many who are called alike are looked up; of a name that more bear, so much of an order is looked through first.
_FEW, _BEGINNING = 500, 10_000


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the directory is narrowed to; empty means everybody. `answers` maps fields to what was chosen."""

    words: str = ""
    place: str = ""
    tier: str = ""
    team: bool = False
    group: str = ""
    trust: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    ways: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_narrow(self) -> bool:
        """Whether more than words was asked for."""
        return (
            bool(
                self.place or self.tier or self.team or self.group or self.answers or any(self.ways.values())
            )
            or self.trust is not None
        )


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of the directory: `after` continues it, empty at the end."""

    members: Sequence[Member]
    words: str
    sort: str
    after: str
    narrowing: Narrowing = field(default_factory=Narrowing)


def filters_for(viewer: Member | None) -> list[ProfileField]:
    """Return the fields by which `viewer` may narrow the directory: those whose answers they may read of everybody."""
    return [f for f in fields_in_use() if f.is_filterable and f.has_choices and _may_filter(viewer, f)]


def _may_filter(viewer: Member | None, asked: ProfileField) -> bool:
    if asked.seen_by == SeenBy.STAFF:
        return viewer is not None and viewer.is_at_least("moderator")
    return asked.seen_by == SeenBy.PUBLIC or viewer is not None


def groups_for(viewer: Member | None) -> list[Group]:
    """Return the groups by which `viewer` may narrow the directory: those of which they may read who is in them."""
    return list(Group.objects.showing_people_to(viewer)[:100])


def list_people(
    viewer: Member | None,
    narrowing: Narrowing | None = None,
    *,
    sort: str = "helpful",
    after: str = "",
    groups: Sequence[Group] = (),
) -> PeoplePage:
    """Return members by name and by what they say of themselves, in one of the orders. `after` is from the page before.

    Whoever keeps their profile to themselves is left out, except for the team. What `viewer` may not read narrows nothing.
    `groups` are those of `groups_for`, where they were read already: a group among them is not asked for again.
    """
    narrowing = Narrowing() if narrowing is None else narrowing
    sort = sort if sort in SORTS else "helpful"
    rows = _narrowed(viewer, narrowing, groups)
    if sort == "active":
        rows = rows.filter(profile__month_posts__gt=0)
    rows = rows.annotate(small_name=Lower("name"), month_posts=F("profile__month_posts"))
    column, way = SORTS[sort], "gt" if sort in RISING else "lt"
    cursor = _read_cursor(sort, after)
    if cursor is not None:
        value, pk = cursor
        # Bounded on its own as well, so that Postgres can enter the index there.
        further = Q(**{f"{column}__{way}": value}) | Q(**{column: value, f"pk__{way}": pk})
        rows = rows.filter(further, **{f"{column}__{way}e": value})
    sign = "" if sort in RISING else "-"
    rows = rows.order_by(f"{sign}{_ordered(column)}", f"{sign}pk")
    found = list((first_called(rows, narrowing.words, PAGE + 1) if narrowing.words else rows)[: PAGE + 1])
    more = ""
    if len(found) > PAGE:
        last = found[PAGE - 1]
        value = getattr(last, column)
        more = f"{value.isoformat() if isinstance(value, dt.datetime) else value}~{last.pk}"
    return PeoplePage(found[:PAGE], narrowing.words, sort, more, narrowing)


def _ordered(column: str) -> str:
    return "profile__month_posts" if column == "month_posts" else column


def people_for(
    viewer: Member | None, narrowing: Narrowing, groups: Sequence[Group] = ()
) -> "QuerySet[Member, Member]":
    """Return whom `viewer` finds. `groups` as in `list_people`."""
    rows = _narrowed(viewer, narrowing, groups)
    return rows.filter(pk__in=called(narrowing.words)) if narrowing.words else rows


def _narrowed(viewer: Member | None, narrowing: Narrowing, groups: Sequence[Group]) -> People:
    """Return whom `viewer` finds by everything but words."""
    staff = viewer is not None and viewer.is_at_least("moderator")
    rows: QuerySet[Member, Member] = Member.objects.get_queryset().visible_to(viewer)
    if not staff:
        rows = rows.filter(hides_profile=False)
    if narrowing.place:
        rows = rows.alias(_place=Lower("location")).filter(_place__startswith=narrowing.place.lower()[:60])
    if narrowing.tier:
        rows = rows.filter(tier=narrowing.tier, show_tier=True)
    if narrowing.team:
        rows = rows.exclude(team_title="")
    if narrowing.group:
        rows = _inside(viewer, rows, narrowing.group, groups)
    if staff and narrowing.trust is not None:
        rows = rows.filter(trust_level=narrowing.trust)
    rows = narrow_by_ways(viewer, rows, narrowing.ways)
    return rows.filter(_answered(viewer, narrowing.answers))


def _inside(viewer: Member | None, rows: People, slug: str, groups: Sequence[Group]) -> People:
    known = next((group for group in groups if group.slug == slug), None)
    group = known or Group.objects.showing_people_to(viewer).filter(slug=slug).first()
    if group is None:
        return rows
    return rows.filter(pk__in=GroupMembership.objects.filter(group=group).values("member"))


def _answered(viewer: Member | None, answers: Mapping[str, str]) -> Q:
    condition = Q()
    for asked in filters_for(viewer):
        value: Any = answers.get(asked.key)
        if value:
            held = [value] if asked.kind == FieldKind.CHOICES else value
            condition &= Q(profile__answers__contains={asked.key: held})
    return condition


def first_called(rows: People, words: str, wanted: int, *, by_address: bool = False) -> People:
    """Return `rows`, which have their order, narrowed to whoever is called so: all of them, or the first `wanted` at least.

    Of a name that few bear, these few are looked up. One that tens of thousands bear is met again and again on the way
    through the order, so its beginning is looked through; only if that is not enough are all of them read and sorted.
    """
    few = list(called(words, by_address=by_address).values_list("pk", flat=True)[: _FEW + 1])
    if len(few) <= _FEW:
        return rows.filter(pk__in=few)
    met = _met_first(rows, words, wanted, by_address)
    if len(met) >= wanted:
        return rows.filter(pk__in=met)
    return rows.filter(pk__in=called(words, by_address=by_address))


def _met_first(rows: People, words: str, wanted: int, by_address: bool) -> list[int]:
    """Return the first who are called so (as `called` says) at the beginning of an order; the search ends with the last wanted."""
    typed, letters = _read(words)
    shown, given = rows.values("pk", "name", "handle", "email")[:_BEGINNING].query.sql_with_params()
    start = re.sub(r"([\\%_])", r"\\\1", typed) + "%"
    sql = f"SELECT id FROM ({shown}) AS met (id, name, handle, email) WHERE {_MET} LIMIT {wanted}"  # noqa: S608 - a queryset's own
    values = (_begun(letters), start.lstrip("@"), by_address, start)
    return fetch(PlannedAnew(sql), (*given, *values), lambda row: int(row[0]))


_MET = """to_tsvector('simple', name) @@ to_tsquery('simple', %s) OR lower(handle) LIKE %s OR (%s AND lower(email) LIKE %s)"""


def called(words: str, *, by_address: bool = False) -> "QuerySet[Member, Any]":
    """Return the keys of everybody who is called so: every word begins a word of the name, or all of it begins the handle
    (or the e-mail). Each is found by its own index; nothing is read of the others."""
    typed, letters = _read(words)
    everybody = Member.objects.get_queryset().values("pk")
    handle = typed.lstrip("@")
    if not handle or not letters:
        return everybody.none()
    begun = SearchQuery(_begun(letters), config="simple", search_type="raw")
    ways = [
        everybody.alias(_words=SearchVector("name", config="simple")).filter(_words=begun),
        everybody.alias(_small=Lower("handle")).filter(_small__startswith=handle),
    ]
    if by_address:
        addressed = everybody.exclude(email="").alias(_address=Lower("email"))
        ways.append(addressed.filter(_address__startswith=typed))
    return ways[0].union(*ways[1:], all=True)


def _read(words: str) -> tuple[str, list[str]]:
    typed = words.replace("\x00", "").strip().lower()[:80]
    return typed, _LETTERS.findall(typed)[:4]


def _begun(letters: Sequence[str]) -> str:
    return " & ".join(f"{word}:*" for word in letters)


def _read_cursor(sort: str, after: str) -> tuple[Any, int] | None:
    value, _tilde, pk = after.rpartition("~")
    if not value or not pk.isdecimal() or len(pk) > 18 or "\x00" in value:
        return None
    try:
        if sort == "name":
            return value[:80], int(pk)
        if sort == "newest":
            return dt.datetime.fromisoformat(value).astimezone(dt.UTC), int(pk)
        return (int(value), int(pk)) if 0 <= int(value) < 2**31 else None
    except (ValueError, OverflowError):
        return None
