"""What managers type about keys."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.integrations.scopes import SCOPES


class KeyForm(forms.Form):
    """A key to make."""

    name = forms.CharField(
        label=_("What will use it?"),
        max_length=60,
        help_text=_("A name by which you know it again, such as “Shop reviews”."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=[(name, name) for name in SCOPES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    days = forms.TypedChoiceField(
        label=_("How long does it live?"),
        coerce=int,
        choices=[(30, _("A month")), (90, _("Three months")), (365, _("A year"))],
        initial=90,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (name, f"{meaning} ({name})") for name, meaning in SCOPES.items()
        ]
