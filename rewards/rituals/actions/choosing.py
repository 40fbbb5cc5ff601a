"""What members choose about rituals for themselves."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from community.activity.record import record
from community.members.models import Member
from community.members.permissions import can_edit_profile
from rewards.rituals.actions.counting_up import settle_rhythms
from rewards.rituals.limits import CHOOSE
from rewards.rituals.models import RitualChoices
from rewards.rituals.verbs import RITUAL_CHOICES_CHANGED

CHOICE_FIELDS = frozenset({"counts_streak", "shows_streak"})


@transaction.atomic
def save_choices(*, actor: Member, changes: Mapping[str, Any]) -> RitualChoices:
    """Change what `actor` chose (keys from `CHOICE_FIELDS`). Whoever has their weeks no longer counted keeps no rows of them;
    counted again, everything that stands counts as before. Raises `Refused` or `RateLimited`.
    """
    can_edit_profile(actor, actor).require()
    CHOOSE.spend(actor)
    unknown = set(changes) - CHOICE_FIELDS
    if unknown:
        raise ValueError(f"not choices about rituals: {sorted(unknown)}")
    RitualChoices.objects.bulk_create([RitualChoices(member=actor)], ignore_conflicts=True)
    choices = RitualChoices.objects.select_for_update().get(member=actor)
    changed = sorted(name for name, value in changes.items() if getattr(choices, name) != value)
    if not changed:
        return choices
    for name in changed:
        setattr(choices, name, changes[name])
    choices.save(update_fields=changed)
    record(RITUAL_CHOICES_CHANGED, actor=actor, target=actor, payload={"fields": changed})
    if "counts_streak" in changed:
        settle_rhythms(moments={}, wholly=[actor.pk], quiet=True)
    return choices
