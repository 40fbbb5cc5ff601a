"""What can happen to the brand."""

from typing import TypedDict

from community.activity.registry import verb


class BrandChanged(TypedDict):
    """Which fields changed, by name."""

    fields: list[str]


BRAND_CHANGED = verb(
    "brand.changed", BrandChanged, "An administrator changed the name, the look or a standing page."
)
