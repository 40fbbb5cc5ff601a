"""The manager's way to the brand: one page, with the colours that were solved for."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from community.activity.admin import OneRowAdmin
from community.brand.actions import FIELDS, save_brand
from community.brand.forms import BrandForm
from community.brand.models import Brand
from community.brand.permissions import can_change_brand
from community.brand.theme import Palette, audit, palette
from community.brand.theme.colour import to_hex

SHOWN = (
    "brand",
    "brand-text",
    "brand-mark",
    "brand-soft",
    "deep",
    "gold",
    "gold-text",
    "ink",
    "ink-2",
    "ink-3",
    "page",
    "surface",
)


@admin.register(Brand)
class BrandAdmin(OneRowAdmin):
    """Opens the one row; saves through the action."""

    form = BrandForm
    readonly_fields = ("light_palette", "dark_palette")
    fieldsets = (
        (_("Name"), {"fields": ("name", "owner", "strapline", "new_logo", "remove_logo")}),
        (
            _("Look"),
            {
                "fields": (
                    "brand_colour",
                    "accent_colour",
                    "tint",
                    "radius",
                    "display",
                    "pattern",
                    "light_palette",
                    "dark_palette",
                )
            },
        ),
        (_("Standing pages"), {"fields": ("guidelines", "privacy", "terms")}),
        (_("Contact"), {"fields": ("support_email", "postal_address", "default_language")}),
    )

    def may_change(self, actor: Any) -> bool:
        """Whether a member may change the brand."""
        return bool(can_change_brand(actor))

    def save_changes(self, actor: Any, changes: dict[str, Any], form: Any) -> None:
        """Change the brand, and its logo."""
        fields = {name: value for name, value in changes.items() if name in FIELDS}
        save_brand(actor=actor, changes=fields, logo=form.logo_upload())

    @admin.display(description=_("light"))
    def light_palette(self, brand: Brand) -> SafeString:
        """Show the solved colours in light."""
        return _sheet(palette(brand.look))

    @admin.display(description=_("dark"))
    def dark_palette(self, brand: Brand) -> SafeString:
        """Show the solved colours in dark."""
        return _sheet(palette(brand.look, dark=True))


def _sheet(colours: Palette) -> SafeString:
    readings = audit(colours)
    tightest = min(readings, key=lambda reading: reading.ratio / reading.pair.needs)
    swatches = format_html_join(
        "",
        '<svg width="64" height="64" viewBox="0 0 64 64" role="img" aria-label="{0} {1}"><title>{0} {1}</title>'
        '<rect width="60" height="60" x="2" y="2" rx="10" fill="{1}" stroke="{2}"/></svg>',
        ((name, to_hex(colours[name]), to_hex(colours["line-2"])) for name in SHOWN),
    )
    summary = _(
        "%(holds)d of %(all)d pairs are readable. Tightest: %(over)s on %(ground)s, %(ratio).2f (needs %(needs).1f)."
    ) % {
        "holds": sum(reading.holds for reading in readings),
        "all": len(readings),
        "over": tightest.pair.over,
        "ground": tightest.pair.ground,
        "ratio": tightest.ratio,
        "needs": tightest.pair.needs,
    }
    return format_html('<div class="flex flex-wrap gap-2">{}</div><p>{}</p>', swatches, summary)
