"""What an administrator chooses for the brand."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminColorInputWidget,
    UnfoldAdminEmailInputWidget,
    UnfoldAdminImageFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from community.brand.actions import FIELDS
from community.brand.logo import redraw
from community.brand.models import Brand
from community.errors import Invalid


class BrandForm(forms.ModelForm):  # type: ignore[type-arg]
    """The fields of the brand and an upload for its logo."""

    new_logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=UnfoldAdminImageFieldWidget,
        help_text=_("PNG, JPEG, WebP or GIF. It is drawn anew at 256 pixels; square logos work best."),
    )
    default_language = forms.ChoiceField(
        label=_("Language"), choices=lambda: settings.LANGUAGES, widget=UnfoldAdminSelectWidget
    )
    remove_logo = forms.BooleanField(
        label=_("Take the logo away"), required=False, widget=UnfoldBooleanWidget
    )

    class Meta:
        model = Brand
        fields = sorted(FIELDS)
        widgets: ClassVar[dict[str, Any]] = {
            "brand_colour": UnfoldAdminColorInputWidget,
            "accent_colour": UnfoldAdminColorInputWidget,
            "tint": UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
            "radius": UnfoldAdminIntegerFieldWidget,
            "display": UnfoldAdminSelectWidget,
            "pattern": UnfoldAdminSelectWidget,
            "guidelines": UnfoldAdminTextareaWidget,
            "privacy": UnfoldAdminTextareaWidget,
            "terms": UnfoldAdminTextareaWidget,
            "support_email": UnfoldAdminEmailInputWidget,
        }

    def clean_new_logo(self) -> Any:
        """Refuse what cannot be drawn where it was chosen, before anything else is saved."""
        upload = self.cleaned_data.get("new_logo")
        if upload:
            try:
                redraw(upload.read())
            except Invalid as refusal:
                raise forms.ValidationError(refusal.message) from refusal
            upload.seek(0)
        return upload

    def logo_upload(self) -> bytes | None:
        """Return the bytes of a new logo, empty bytes to take it away, None to leave it."""
        if self.cleaned_data.get("remove_logo"):
            return b""
        upload = self.cleaned_data.get("new_logo")
        return upload.read() if upload else None
