"""Changing members."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from community.activity.changes import values_of
from community.activity.models import Activity
from community.activity.record import record
from community.errors import Invalid
from community.members import limits
from community.members.models import Block, Follow, Member
from community.members.permissions import (
    can_block,
    can_change_role,
    can_edit_profile,
    can_follow,
    can_name_team,
)
from community.members.profile_changes import profile_change
from community.members.verbs import (
    ADDRESS_CONFIRMED,
    MEMBER_FOLLOWED,
    MEMBER_JOINED,
    PROFILE_CHANGED,
    ROLE_CHANGED,
)
from community.screening import Place, Writing, judge
from community.writing.limited import render_limited
from community.writing.lines import ink, one_line
from community.writing.markdown import tidy

PROFILE_FIELDS = frozenset(
    {
        "name",
        "bio_md",
        "location",
        "website",
        "avatar_url",
        "language",
        "time_zone",
        "theme",
        "shortcuts_on",
    }
    | {"show_points", "show_tier", "show_badges", "show_thanks", "on_leaderboards", "quiet_mode"}
    | {"hides_profile", "shows_follows"}
    | {"messages_from", "read_receipts", "shows_presence", "mail_shows_messages"}
)
COUNTERS = frozenset(
    {"badge_count", "thread_count", "post_count", "accepted_count", "helped_count", "unread_notices"}
    | {"points_earned", "points_to_spend", "unread_conversations", "block_count"}
)
_DERIVED = {"tier", "audience_keys"}


@transaction.atomic
def welcome_newcomer(*, actor: Member) -> bool:
    """Record that `actor` has joined: once, however often they are welcomed. Returns whether it was the first time."""
    Member.objects.get_queryset().select_for_update(no_key=True).get(pk=actor.pk)
    joined = Activity.objects.filter(
        verb=MEMBER_JOINED.name, target_type=actor._meta.label_lower, target_pk=actor.pk
    )
    if joined.exists():
        return False
    record(MEMBER_JOINED, actor=actor, target=actor, payload={"name": actor.name, "handle": actor.handle})
    return True


@transaction.atomic
def confirm_address(*, actor: Member) -> None:
    """Record that `actor` has shown an e-mail address to be theirs."""
    record(ADDRESS_CONFIRMED, actor=actor, target=actor, payload={})


def edit_profile(*, actor: Member, member: Member, changes: Mapping[str, Any]) -> Member:
    """Change profile fields or choices of `member` (keys from `PROFILE_FIELDS`).

    Raises `Refused`, `RateLimited` or `Invalid`; then nothing changed.
    """
    can_edit_profile(actor, member).require()
    limits.EDIT_PROFILE.spend(actor)
    unknown = set(changes) - PROFILE_FIELDS
    if unknown:
        raise ValueError(f"not profile fields: {sorted(unknown)}")
    return _write_profile(actor, member, _as_stored(_judged(actor, member, changes)))


def _judged(actor: Member, member: Member, changes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let what a member says about themselves be judged; what stands there already is not asked about again."""
    said = {
        field: str(changes[field])
        for field in ("name", "bio_md", "location")
        if field in changes and changes[field] != getattr(member, field)
    }
    if actor.is_staff or not said:
        return changes
    return {**changes, **judge(Writing(Place.PROFILE, actor, said)).texts}


def _as_stored(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of what was typed: names on one line, and the words about oneself rendered once."""
    values = dict(changes)
    for name in {"name", "location"} & set(values):
        values[name] = one_line(values[name])
    if "name" in values and not ink(values["name"]):
        message = _("Enter the name others should see.")
        raise Invalid("name_empty", message, fields={"name": message})
    if "bio_md" in values:
        values["bio_md"] = tidy(values["bio_md"]).strip()
        values["bio_html"] = render_limited(values["bio_md"]).html if values["bio_md"] else ""
    return values


@transaction.atomic
def _write_profile(actor: Member, member: Member, values: Mapping[str, Any]) -> Member:
    changed = sorted(name for name, value in values.items() if getattr(member, name) != value)
    if not changed:
        return member
    before = values_of(member, changed)
    for name in changed:
        setattr(member, name, values[name])
    member.save(update_fields=changed)
    record(
        PROFILE_CHANGED, actor=actor, target=member, payload=profile_change(actor, before, member, changed)
    )
    return member


@transaction.atomic
def change_role(*, actor: Member, member: Member, role: str) -> Member:
    """Change what `member` may do. Raises `Refused` unless another administrator asks."""
    # Both as they are now: of two administrators who take the role from each other at once, one keeps it.
    both = Member.objects.get_queryset().filter(pk__in=[actor.pk, member.pk]).select_for_update(no_key=True)
    held = {one.pk: one for one in both.order_by("pk")}
    can_change_role(held[actor.pk], held[member.pk]).require()
    before = member.role = held[member.pk].role
    if before == role:
        return member
    member.role = role
    member.save(update_fields=["role"])
    record(ROLE_CHANGED, actor=actor, target=member, payload={"before": before, "after": role})
    return member


def set_restriction(
    *,
    actor: Member | None,
    member: Member,
    suspended_until: dt.datetime | None,
    silenced_until: dt.datetime | None,
    reason: str,
) -> None:
    """Write down which restrictions are in force for `member`. Whether that is right, `moderation` has decided."""
    member.suspended_until, member.silenced_until = suspended_until, silenced_until
    member.restriction_reason = reason
    member.save(update_fields=["suspended_until", "silenced_until", "restriction_reason"])


@transaction.atomic
def set_team_title(*, actor: Member, member: Member, title: str) -> Member:
    """Show (or, with an empty title, no longer show) that `member` works for the brand. Managers only."""
    can_name_team(actor).require()
    if member.team_title != title:
        before = values_of(member, ["team_title"])
        member.team_title = title
        member.save(update_fields=["team_title"])
        record(
            PROFILE_CHANGED, actor=actor, target=member, payload=profile_change(actor, before, member, before)
        )
    return member


@transaction.atomic
def follow_member(*, actor: Member, member: Member) -> None:
    """Begin to follow `member`. Following twice changes nothing."""
    can_follow(actor, member).require()
    limits.FOLLOW.spend(actor)
    follow, created = Follow.objects.get_or_create(follower=actor, followed=member)
    if created:
        record(MEMBER_FOLLOWED, actor=actor, target=follow, payload={"followed_id": member.pk})


def unfollow_member(*, actor: Member, member: Member) -> None:
    """Stop following `member`."""
    Follow.objects.filter(follower=actor, followed=member).delete()


@transaction.atomic
def block_member(*, actor: Member, member: Member) -> None:
    """Want nothing of `member` any more, which also ends following them. Blocking twice changes nothing.

    Nothing is recorded: that someone was blocked is nobody else's business.
    """
    can_block(actor, member).require()
    limits.BLOCK.spend(actor)
    _block, is_new = Block.objects.get_or_create(blocker=actor, blocked=member)
    if is_new:
        add_to_counters(actor=actor, member_id=actor.pk, block_count=1)
        actor.block_count += 1
    unfollow_member(actor=actor, member=member)


@transaction.atomic
def unblock_member(*, actor: Member, member: Member) -> None:
    """Let `member` reach `actor` again."""
    deleted, _by_model = Block.objects.filter(blocker=actor, blocked=member).delete()
    if deleted:
        add_to_counters(actor=actor, member_id=actor.pk, block_count=-1)
        actor.block_count -= 1


def add_to_counters(*, actor: Member | None, member_id: int, **deltas: int) -> None:
    """Move counters that upper features keep on the member (keys from `COUNTERS`), by `F()`; never below zero."""
    unknown = set(deltas) - COUNTERS
    if unknown:
        raise ValueError(f"not counters: {sorted(unknown)}")
    Member.objects.filter(pk=member_id).update(**{name: F(name) + delta for name, delta in deltas.items()})


def move_unread_counts(*, actor: Member | None, deltas: Mapping[int, int]) -> None:
    """Move the unread count at the bell of many members, locked in id order; never below zero."""
    moved = sorted((pk, delta) for pk, delta in deltas.items() if delta)
    if not moved:
        return
    ids, steps = [pk for pk, _delta in moved], [delta for _pk, delta in moved]
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH held AS (SELECT id FROM members_member WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE) "
            "UPDATE members_member AS m SET unread_notices = greatest(0, m.unread_notices + moved.step) "
            "FROM held JOIN unnest(%s::bigint[], %s::int[]) AS moved(id, step) USING (id) WHERE m.id = held.id",
            [ids, ids, steps],
        )


def set_standing(*, actor: Member | None, member_id: int, **values: Any) -> None:
    """Write down values that upper features derived for a member: `tier`, and any of `COUNTERS`."""
    unknown = set(values) - COUNTERS - _DERIVED
    if unknown:
        raise ValueError(f"not standing: {sorted(unknown)}")
    Member.objects.filter(pk=member_id).update(**values)


def set_standings(*, actor: Member | None, values: Mapping[int, Mapping[str, Any]]) -> None:
    """`set_standing` for many members in a few statements: member id to values, every member with the same keys."""
    if not values:
        return
    names = sorted(next(iter(values.values())))
    if set(names) - COUNTERS - _DERIVED or any(sorted(row) != names for row in values.values()):
        raise ValueError(f"not the same standing for all: {names}")
    # In id order, so that two batches never wait for each other.
    locked = Member.objects.select_for_update(no_key=True).filter(pk__in=values).order_by("pk")
    rows = [Member(pk=pk, **values[pk]) for pk in locked.values_list("pk", flat=True)]
    Member.objects.bulk_update(rows, names, batch_size=1000)
