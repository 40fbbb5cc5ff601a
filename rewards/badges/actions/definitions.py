"""Creating and changing badges."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from rewards.badges.models import Badge
from rewards.badges.permissions import can_change_badges
from rewards.badges.titles import check_title
from rewards.badges.verbs import BADGE_CHANGED

BADGE_FIELDS = (
    *("name", "description", "criteria", "art", "metric", "number"),
    *("is_active", "gives_title", "position"),
)


@transaction.atomic
def save_badge(*, actor: Member, badge: Badge, changes: Mapping[str, Any]) -> Badge:
    """Create a badge (one without a primary key) or change it (keys from `BADGE_FIELDS`); who holds it is counted again soon.

    Raises `Refused` or `Invalid`.
    """
    can_change_badges(actor).require()
    unknown = set(changes) - set(BADGE_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a badge: {sorted(unknown)}")
    fresh = badge if badge.pk is None else Badge.objects.select_for_update().get(pk=badge.pk)
    differing = [name for name, value in changes.items() if fresh.pk is None or getattr(fresh, name) != value]
    before = values_of(fresh)
    for name in differing:
        setattr(fresh, name, changes[name])
    try:
        fresh.full_clean()
        check_title(fresh)
    except ValidationError as error:
        fields = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
        raise Invalid("badge_unusable", _("Some fields need another look."), fields=fields) from error
    if differing:
        fresh.save()
        record(
            BADGE_CHANGED,
            actor=actor,
            target=fresh,
            payload={"badge": fresh.key, **changed_values(before, fresh, differing)},
        )
    return fresh
