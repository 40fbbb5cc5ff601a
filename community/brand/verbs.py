"""What can happen to the brand."""

from community.activity.changes import Changed
from community.activity.registry import verb


class BrandChanged(Changed):
    """Which fields changed, from what and to what. A logo is masked."""


BRAND_CHANGED = verb(
    "brand.changed", BrandChanged, "An administrator changed the name, the look or a standing page."
)
