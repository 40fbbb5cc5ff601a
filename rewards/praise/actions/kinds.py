"""What thanks can be for, as managers set it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from rewards.praise.models import PraiseKind
from rewards.praise.permissions import can_change_kinds
from rewards.praise.verbs import PRAISE_KIND_CHANGED

KIND_FIELDS = ("name", "is_active", "position")


@transaction.atomic
def save_kind(*, actor: Member, kind: PraiseKind, changes: Mapping[str, Any]) -> PraiseKind:
    """Add a reason for thanks (one without a primary key) or change it (keys from `KIND_FIELDS`). Raises `Refused` or `Invalid`."""
    can_change_kinds(actor).require()
    unknown = set(changes) - set(KIND_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a reason for thanks: {sorted(unknown)}")
    fresh = kind if kind.pk is None else PraiseKind.objects.select_for_update().get(pk=kind.pk)
    before = values_of(fresh)
    differing = [name for name, value in changes.items() if fresh.pk is None or getattr(fresh, name) != value]
    for name in differing:
        setattr(fresh, name, changes[name])
    try:
        fresh.full_clean()
    except ValidationError as error:
        fields = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
        raise Invalid("kind_unusable", _("Some fields need another look."), fields=fields) from error
    if differing:
        fresh.save()
        said = changed_values(before, fresh, differing)
        record(PRAISE_KIND_CHANGED, actor=actor, target=fresh, payload={"kind": fresh.key, **said})
    return fresh
