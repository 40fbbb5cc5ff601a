"""Putting members into the tier their points have earned."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import Happening, record, record_many
from community.errors import Invalid
from community.members.actions import set_standings
from community.members.models import Member, Role
from community.notifications.actions import reconsider_member
from community.spaces.audiences import rename_key
from community.spaces.queries import is_opened_by
from rewards.tiers.models import Standing, Tier
from rewards.tiers.permissions import can_change_tiers
from rewards.tiers.queries import tier_at
from rewards.tiers.verbs import TIER_CHANGED, TIER_REACHED

CHUNK = 1000
TIER_FIELDS = ("name", "threshold", "opens")


@transaction.atomic
def settle_tiers(*, causes: Mapping[int, tuple[dt.datetime, bool]]) -> int:
    """Put members (id to when their points changed, and whether it is history) into their tier. Returns how many moved."""
    tiers = list(Tier.objects.all())
    rows = Member.objects.get_queryset().filter(pk__in=causes).select_for_update(no_key=True).order_by("pk")
    members = {member.pk: member for member in rows.only("pk", "points_earned", "tier", "role")}
    before = {standing.member_id: standing for standing in Standing.objects.filter(member_id__in=members)}
    moved: list[Standing] = []
    reached: dict[bool, list[Happening]] = {False: [], True: []}
    for pk, member in members.items():
        tier, (when, quiet) = tier_at(tiers, member.points_earned), causes[pk]
        standing = before.get(pk)
        if tier is None or (standing.tier_id == tier.pk if standing else tier.threshold == 0):
            continue
        highest = standing.highest if standing else 0
        moved.append(Standing(member_id=pk, tier=tier, since=when, highest=max(highest, tier.threshold)))
        if tier.threshold > highest and member.role == Role.MEMBER:
            reached[quiet].append(_happening(member, tier, when))
    _write(moved)
    _reconsider([standing.member_id for standing in moved])
    for quiet, happenings in reached.items():
        if happenings:
            record_many(happenings, quiet=quiet)
    return len(moved)


def _write(moved: list[Standing]) -> None:
    Standing.objects.bulk_create(
        moved,
        update_conflicts=True,
        unique_fields=["member"],
        update_fields=["tier", "since", "highest"],
    )
    # The first tier is where everyone begins; it needs no word beside a name.
    shown = {s.member_id: {"tier": s.tier.name if s.tier.threshold else ""} for s in moved}
    set_standings(actor=None, values=shown)


def _reconsider(member_ids: list[int]) -> None:
    """Where spaces are open to tiers, ask again what those who moved may see of what they were told."""
    if member_ids and is_opened_by("tier:"):
        for member in Member.objects.get_queryset().filter(pk__in=member_ids).order_by("pk"):
            reconsider_member(member=member)


def _happening(member: Member, tier: Tier, when: dt.datetime) -> Happening:
    return Happening(
        verb=TIER_REACHED,
        actor_id=member.pk,
        target_type=Member._meta.label_lower,
        target_pk=member.pk,
        payload={"member_id": member.pk, "tier": tier.key, "name": tier.name, "earned": member.points_earned},
        occurred_at=when,
    )


@transaction.atomic
def add_tier(*, actor: Member, key: str, values: Mapping[str, Any]) -> Tier:
    """Add a tier (values by `TIER_FIELDS`); members who have earned it are put into it, without a notice.

    Raises `Refused` or `Invalid`.
    """
    can_change_tiers(actor).require()
    tier = Tier(key=key, **values)
    _check(tier)
    tier.save()
    record(
        TIER_CHANGED, actor=actor, target=tier, payload={"tier": tier.key, **changed_values({}, tier, values)}
    )
    settle_everyone()
    return tier


@transaction.atomic
def change_tier(*, actor: Member, tier: Tier, changes: Mapping[str, Any]) -> Tier:
    """Rename a tier, move its threshold or say what it opens; members are put into their tiers again, without a notice.

    Raises `Refused` or `Invalid`.
    """
    can_change_tiers(actor).require()
    unknown = set(changes) - set(TIER_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a tier: {sorted(unknown)}")
    fresh = Tier.objects.select_for_update().get(pk=tier.pk)
    if fresh.threshold == 0 and changes.get("threshold", 0) != 0:
        sentence = _("The first tier is where everyone begins: it stays at 0.")
        raise Invalid("first_tier", sentence, fields={"threshold": sentence})
    before, name_before = values_of(fresh), fresh.name
    for name, value in changes.items():
        setattr(fresh, name, value)
    _check(fresh)
    renamed = fresh.name != name_before
    fresh.save()
    said = changed_values(before, fresh, [name for name in changes if before[name] != values_of(fresh)[name]])
    record(TIER_CHANGED, actor=actor, target=fresh, payload={"tier": fresh.key, **said})
    if renamed:
        rename_key(f"tier:{name_before}", f"tier:{fresh.name}")
    settle_everyone(renamed=fresh if renamed else None)
    return fresh


def _check(tier: Tier) -> None:
    try:
        tier.full_clean()
    except ValidationError as error:
        fields = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
        raise Invalid("tier_unusable", _("Some fields need another look."), fields=fields) from error


def settle_everyone(*, renamed: Tier | None = None) -> int:
    """Put everyone with points into their tier, a bounded number at a time. Returns how many moved."""
    if renamed is not None and renamed.threshold:
        held = Standing.objects.filter(tier=renamed).values_list("member_id", flat=True)
        set_standings(actor=None, values={pk: {"tier": renamed.name} for pk in held})
    members = Member.objects.get_queryset().filter(points_earned__gt=0).order_by("pk")
    standing = set(Standing.objects.values_list("member_id", flat=True))
    ordered = sorted(standing | set(members.values_list("pk", flat=True)))
    moved = 0
    for start in range(0, len(ordered), CHUNK):
        causes = {pk: (timezone.now(), True) for pk in ordered[start : start + CHUNK]}
        moved += settle_tiers(causes=causes)
    return moved
