"""What tiers open: a perk that names a space opens it, and closes it again when it goes."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.spaces.actions import change_space
from community.spaces.models import Access, Space
from rewards.tiers.models import Perk, PerkKind, Tier
from rewards.tiers.permissions import can_change_tiers
from rewards.tiers.verbs import PERK_CHANGED

PERK_FIELDS = ("tier", "invited", "kind", "space", "opens_at", "key", "words", "position")


@transaction.atomic
def save_perk(*, actor: Member, perk: Perk, changes: Mapping[str, Any]) -> Perk:
    """Add a perk (one without a primary key) or change it (keys from `PERK_FIELDS`), and open what it opens.

    Raises `Refused` or `Invalid`.
    """
    can_change_tiers(actor).require()
    unknown = set(changes) - set(PERK_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a perk: {sorted(unknown)}")
    fresh = Perk(made_by=actor) if perk.pk is None else Perk.objects.select_for_update().get(pk=perk.pk)
    before, spaces = values_of(fresh), {fresh.space_id}
    needless = _keys_of(spaces)
    differing = [name for name, value in changes.items() if fresh.pk is None or getattr(fresh, name) != value]
    for name in differing:
        setattr(fresh, name, changes[name])
    try:
        fresh.full_clean()
    except ValidationError as error:
        fields = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
        raise Invalid("perk_unusable", _("Some fields need another look."), fields=fields) from error
    if differing:
        fresh.made_by = actor
        fresh.save()
        said = changed_values(before, fresh, differing)
        record(PERK_CHANGED, actor=actor, target=fresh, payload={"perk": str(fresh), **said})
        _open(actor, spaces | {fresh.space_id}, needless)
    return fresh


@transaction.atomic
def remove_perk(*, actor: Member, perk: Perk) -> None:
    """Take a perk away, and close the space it opened unless another perk opens it. Raises `Refused`."""
    can_change_tiers(actor).require()
    fresh = Perk.objects.select_for_update().get(pk=perk.pk)
    spaces = {fresh.space_id}
    needless = _keys_of(spaces)
    said = {"fields": [], "before": values_of(fresh), "after": {}}
    record(PERK_CHANGED, actor=actor, target=fresh, payload={"perk": str(fresh), **said})
    fresh.delete()
    _open(actor, spaces, needless)


@transaction.atomic
def keep_open(*, actor: Member) -> None:
    """Open the spaces of all perks to the tiers there are now: one was added, or stands elsewhere in the line."""
    spaces: set[int | None] = set(Perk.objects.exclude(space=None).values_list("space_id", flat=True))
    _open(actor, spaces, {pk: _every_tier() for pk in spaces})


@transaction.atomic
def expire_early_access(*, perk: Perk) -> bool:
    """End early access: open the space of the perk to every member, for who made the perk. Returns whether it did."""
    held = Perk.objects.select_for_update().get(pk=perk.pk)
    if held.opened_at or held.space is None or held.made_by is None:
        return False
    if held.space.access == Access.PRIVATE:
        change_space(actor=held.made_by, space=held.space, changes={"access": Access.MEMBERS})
    held.opened_at = timezone.now()
    held.save(update_fields=["opened_at"])
    return True


def _keys_of(space_ids: set[int | None]) -> dict[int | None, set[str]]:
    """Return, for spaces, the keys that perks open them to: those of the tier and of every tier above it."""
    tiers = list(Tier.objects.all())
    found: dict[int | None, set[str]] = {pk: set() for pk in space_ids}
    kinds = (PerkKind.SPACE, PerkKind.EARLY)
    perks = Perk.objects.filter(space__in=[pk for pk in space_ids if pk], kind__in=kinds)
    for perk in perks.select_related("tier", "invited"):
        if perk.invited:
            found[perk.space_id].add(perk.invited.audience_key)
        elif perk.tier:
            least = perk.tier.threshold
            found[perk.space_id] |= {f"tier:{t.name}" for t in tiers if t.threshold >= max(least, 1)}
    return found


def _every_tier() -> set[str]:
    return {f"tier:{name}" for name in Tier.objects.values_list("name", flat=True)}


def _open(actor: Member, space_ids: set[int | None], before: Mapping[Any, set[str]]) -> None:
    """Give spaces the keys that perks want, and take away those that only perks wanted before."""
    wanted = _keys_of(space_ids)
    for space in Space.objects.filter(pk__in=[pk for pk in space_ids if pk]).order_by("pk"):
        keys = (set(space.see_for) - before.get(space.pk, set())) | wanted[space.pk]
        if keys != set(space.see_for):
            change_space(actor=actor, space=space, changes={"see_for": sorted(keys)})
