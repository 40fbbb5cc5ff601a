"""Changing the brand."""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.brand.logo import redraw
from community.brand.models import THE_ROW, Brand
from community.brand.permissions import can_change_brand
from community.brand.queries import forget_brand
from community.brand.verbs import BRAND_CHANGED
from community.errors import Invalid

if TYPE_CHECKING:
    from community.members.models import Member

FIELDS = frozenset(
    {"name", "owner", "strapline", "brand_colour", "accent_colour", "tint", "radius", "display", "pattern"}
    | {"guidelines", "privacy", "terms", "postal_address", "support_email", "default_language"}
)


@transaction.atomic
def save_brand(*, actor: "Member | None", changes: Mapping[str, Any], logo: bytes | None = None) -> Brand:
    """Change the brand: `changes` by field name, `logo` as an uploaded picture (empty bytes take it away).

    `actor` is None for commands run by the owner of the machine. Raises `Refused` or `Invalid`.
    """
    if actor is not None:
        can_change_brand(actor).require()
    unknown = set(changes) - FIELDS
    if unknown:
        raise ValueError(f"not fields of the brand: {sorted(unknown)}")
    brand = Brand.objects.select_for_update().filter(pk=THE_ROW).first() or Brand(pk=THE_ROW)
    changed = [name for name, value in changes.items() if getattr(brand, name) != value]
    for name in changed:
        setattr(brand, name, changes[name])
    if logo is not None:
        brand.logo = redraw(logo) if logo else None
        brand.logo_hash = hashlib.sha256(brand.logo).hexdigest()[:12] if brand.logo else ""
        changed.append("logo")
    _check(brand)
    brand.changed_at = timezone.now()
    brand.save()
    record(BRAND_CHANGED, actor=actor, target=brand, payload={"fields": sorted(changed)})
    transaction.on_commit(forget_brand)
    return brand


def _check(brand: Brand) -> None:
    """Raise `Invalid` naming every field that cannot be used."""
    try:
        brand.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        fields = {name: " ".join(messages) for name, messages in error.message_dict.items()}
        raise Invalid("brand_unusable", _("Some fields need another look."), fields=fields) from error
