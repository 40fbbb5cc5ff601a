"""The manager's way to the brand: one page, with the colours that were solved for."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from community.brand.actions import FIELDS, save_brand
from community.brand.forms import BrandForm
from community.brand.models import THE_ROW, Brand
from community.brand.permissions import can_change_brand
from community.brand.theme import Palette, audit, palette
from community.brand.theme.colour import to_hex
from community.errors import DomainError

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
class BrandAdmin(ModelAdmin):  # type: ignore[type-arg]
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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Brand | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Brand | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Brand | None = None) -> bool:
        return request.user.is_authenticated and bool(can_change_brand(request.user))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Go straight to the one brand."""
        return HttpResponseRedirect(reverse("admin:brand_brand_change", args=[THE_ROW]))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Brand | None:
        """Return the brand, or its defaults while nobody has saved any."""
        return Brand.objects.filter(pk=THE_ROW).first() or Brand(pk=THE_ROW)

    def save_model(self, request: HttpRequest, obj: Brand, form: Any, change: bool) -> None:
        """Save through the action. A refusal is shown, and nothing changes."""
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name in FIELDS}
        try:
            save_brand(actor=request.user, changes=changes, logo=form.logo_upload())  # type: ignore[arg-type]
        except DomainError as error:
            self.message_user(request, " ".join(error.fields.values()) or error.message, level="error")

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The Activity that the action records is the log."""

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
