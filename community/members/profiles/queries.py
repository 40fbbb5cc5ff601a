"""Whom a member follows and ignores."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from community.errors import NotFound
from community.members.models import Follow, Ignore, Member, Profile
from community.members.permissions import can_see_follows
from community.members.queries import get_member_for
from community.sql import fetch

FOLLOWS_PAGE = 30
SIDES = ("followers", "following")


@dataclass(frozen=True, slots=True)
class FollowsPage:
    """Some of those who follow a member, or whom they follow, the latest first; `after` continues it."""

    member: Member
    side: str
    members: Sequence[Member]
    after: str


def list_follows(viewer: Member | None, handle: str, side: str, *, after: str = "") -> FollowsPage:
    """Return one side of a member's follows. Raises `NotFound` where the member keeps them to themselves."""
    member = get_member_for(viewer, handle)
    if side not in SIDES or not can_see_follows(viewer, member):
        raise NotFound()
    mine, other = ("followed", "follower") if side == "followers" else ("follower", "followed")
    rows = Follow.objects.filter(**{mine: member, f"{other}__is_active": True}).select_related(other)
    if after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: FOLLOWS_PAGE + 1])
    more = str(found[FOLLOWS_PAGE - 1].pk) if len(found) > FOLLOWS_PAGE else ""
    return FollowsPage(member, side, [getattr(row, other) for row in found[:FOLLOWS_PAGE]], more)


def ignored_by(viewer: Member) -> list[Ignore]:
    """Return whom `viewer` ignores now, the latest first."""
    lasting = Q(until=None) | Q(until__gt=timezone.now())
    return list(
        Ignore.objects.filter(lasting, ignorer=viewer).select_related("ignored").order_by("-pk")[:500]
    )


# One statement for both ways of not reading somebody.
_UNREAD = """
SELECT blocked_id FROM members_block WHERE blocker_id = %s
 UNION SELECT ignored_id FROM members_ignore WHERE ignorer_id = %s AND (until IS NULL OR until > %s)"""


def unread_ids(viewer: Member) -> set[int]:
    """Return the ids of those whose posts are folded for `viewer`; no statement for the many who fold nobody's."""
    if not viewer.block_count:
        return set()
    now = dt.datetime.now(dt.UTC)
    return set(fetch(_UNREAD, (viewer.pk, viewer.pk, now), lambda row: int(row[0])))


def banner_of(member: Member) -> str:
    """Return the address of a member's banner, or nothing."""
    return Profile.objects.filter(pk=member.pk).values_list("banner_url", flat=True).first() or ""
