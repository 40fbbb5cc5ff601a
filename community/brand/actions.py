"""Changing the brand."""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from community.activity.changes import changed_values, values_of
from community.activity.one_row import change_row, check_row, hold_row, keep_row
from community.activity.record import record
from community.brand.logo import redraw
from community.brand.models import Brand
from community.brand.permissions import can_change_brand
from community.brand.queries import forget_brand
from community.brand.verbs import BRAND_CHANGED

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
    brand = hold_row(Brand)
    before = values_of(brand)
    changed = change_row(brand, changes, FIELDS)
    if logo is not None:
        brand.logo = redraw(logo) if logo else None
        brand.logo_hash = hashlib.sha256(brand.logo).hexdigest()[:12] if brand.logo else ""
        changed.append("logo")
    check_row(brand, "brand_unusable")
    keep_row(brand)
    record(BRAND_CHANGED, actor=actor, target=brand, payload=changed_values(before, brand, changed))
    transaction.on_commit(forget_brand)
    return brand
