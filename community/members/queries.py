"""Reading members."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from community.errors import NotFound
from community.members.fields.queries import Answer, shown_answers
from community.members.models import Block, Follow, Ignore, Member, Role
from community.members.permissions import can_block, can_ignore, can_read_profile, can_see_follows
from community.sql import Compiled, PlannedAnew, compile_rows, fetch, fetch_one

# What each request has of its own, while the statement below is built; no row can have these.
_READER, _HANDLE = -1, "\x01"


def get_member_for(viewer: Member | None, handle: str) -> Member:
    """Return the member with this handle if `viewer` may meet them. Raises `NotFound` otherwise."""
    return _meet(viewer, handle).member


@dataclass(frozen=True, slots=True)
class Met:
    """A member as a viewer meets them, with the rest of their profile."""

    member: Member
    banner_url: str
    answers: Mapping[str, Any]
    is_followed: bool
    is_blocked: bool
    is_ignored: bool


def _meet(viewer: Member | None, handle: str) -> Met:
    """Return a member, their profile, and whether `viewer` follows, blocks or ignores them, by one prepared statement."""
    found, names = _meeting(viewer is not None and viewer.is_staff)
    params = found.params_with({_READER: viewer.pk if viewer else 0, _HANDLE: handle.lower()})
    met = fetch_one(found.sql, params, lambda row: _met(names, row))
    if met is None:
        raise NotFound()
    return met


def _met(names: list[str], row: Sequence[Any]) -> Met:
    banner, answers, *ties = row[-5:]
    known = json.loads(answers) if isinstance(answers, str) else answers
    return Met(Member.from_db("default", names, row[:-5]), banner or "", known or {}, *ties)


@cache
def _meeting(is_staff: bool) -> tuple[Compiled, list[str]]:
    reader = Member(pk=_READER, role=Role.ADMIN if is_staff else Role.MEMBER)
    follows = Follow.objects.filter(follower=reader, followed=OuterRef("pk"))
    blocks = Block.objects.filter(blocker=reader, blocked=OuterRef("pk"))
    # What has ended and was not yet swept away hides nothing.
    lasting = Q(until=None) | Q(until__gt=Now())
    ignores = Ignore.objects.filter(lasting, ignorer=reader, ignored=OuterRef("pk"))
    members = Member.objects.get_queryset().visible_to(reader).with_handle(_HANDLE)
    names = [field.attname for field in Member._meta.concrete_fields]
    ties = {"is_followed": Exists(follows), "is_blocked": Exists(blocks), "is_ignored": Exists(ignores)}
    more = {"banner": F("profile__banner_url"), "answers": F("profile__answers"), **ties}
    return compile_rows(members.annotate(**more)), names


def blocked_by(viewer: Member) -> list[Member]:
    """Return whom `viewer` blocks, the latest first."""
    rows = Block.objects.filter(blocker=viewer).select_related("blocked").order_by("-pk")
    return [row.blocked for row in rows[:500]]


def blocked_ids(viewer: Member) -> set[int]:
    """Return the ids of those whom `viewer` blocks; no statement for the many who block nobody."""
    if not viewer.block_count:
        return set()
    return set(Block.objects.filter(blocker=viewer).values_list("blocked_id", flat=True))


# Planned each time: one letter begins many names, six begin few.
CALLED = PlannedAnew("""\
SELECT id FROM members_member m
 WHERE is_active AND id <> ALL (%s::bigint[]) AND (lower(handle) LIKE %s
   OR to_tsvector('simple'::regconfig, COALESCE(name, '')) @@ to_tsquery('simple', %s))
 ORDER BY lower(handle) LIKE %s DESC, accepted_count DESC, id LIMIT %s""")
_LETTERS = re.compile(r"[^\W_]+")


def members_called(begun: str, *, but: Iterable[int] = (), most: int = 6) -> list[Member]:
    """Return present members whose handle, or any word of whose name, begins like `begun`: by two indexes, however many there are.

    Of several words the last is the one that is still being typed.
    """
    typed = begun.replace("\x00", "").strip().lower()[:40]
    if not typed:
        return []
    handle = re.sub(r"([\\%_])", r"\\\1", typed) + "%"
    words = _LETTERS.findall(typed)
    named = " & ".join([*words[:-1], f"{words[-1]}:*"]) if words else ""
    ids = fetch(CALLED, (list(but), handle, named, handle, most), lambda row: int(row[0]))
    found = Member.objects.in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids if pk in found]


def ids_apart_from(member: Member) -> set[int]:
    """Return the ids of those who block `member`, and of those whom `member` blocks."""
    rows = Block.objects.filter(Q(blocker=member) | Q(blocked=member)).values_list("blocker_id", "blocked_id")
    return {pk for pair in rows for pk in pair} - {member.pk}


def resolve_handles(handles: set[str]) -> dict[str, Member]:
    """Return the present members meant by lower-cased handles, for mentions."""
    if not handles:
        return {}
    found = (
        Member.objects.get_queryset()
        .present()
        .extra(where=["lower(handle) = ANY(%s)"], params=[sorted(handles)])
    )
    return {member.handle.lower(): member for member in found.only("pk", "handle", "name")}


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """What a profile shows before upper features add their parts."""

    member: Member
    is_own: bool
    is_followed: bool
    can_follow: bool
    is_blocked: bool = False
    can_block: bool = False
    is_ignored: bool = False
    can_ignore: bool = False
    banner_url: str = ""
    answers: Sequence[Answer] = ()
    # Whether the viewer sees more than the name and the portrait.
    is_open: bool = True
    shows_follows: bool = True


def get_profile_for(viewer: Member | None, handle: str, *, card: bool = False) -> ProfilePage:
    """Return the profile at this handle if `viewer` may meet them. Raises `NotFound` otherwise."""
    met = _meet(viewer, handle)
    member, is_own = met.member, viewer is not None and viewer.pk == met.member.pk
    may_block = viewer is not None and bool(can_block(viewer, member))
    is_open = can_read_profile(viewer, member)
    return ProfilePage(
        member,
        is_own,
        met.is_followed,
        viewer is not None and not is_own,
        met.is_blocked,
        may_block or met.is_blocked,
        met.is_ignored,
        viewer is not None and (met.is_ignored or bool(can_ignore(viewer, member))),
        met.banner_url if is_open else "",
        shown_answers(viewer, member, met.answers, card=card),
        is_open,
        can_see_follows(viewer, member),
    )
